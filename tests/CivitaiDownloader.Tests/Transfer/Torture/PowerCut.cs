using CivitaiDownloader.Sandbox.Content;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>
/// A folder as a disk may have it after the power failed at some moment of a trace. What was flushed before is there; of the rest nothing is, or any part of it:
/// whole writes or single pages, in any order, and of the names as many as came first (as file systems with a journal keep them).
/// </summary>
internal sealed class PowerCut(DiskTrace trace, int moment)
{
    private const int PageBytes = 4096;

    private DiskAct[] Acts { get; } = [.. trace.Acts.Where(act => act.Begun <= moment)];

    /// <summary>Bytes of the partial file that the program had written by then, durable or not.</summary>
    public long Written
    {
        get
        {
            var (bytes, end) = (0L, 0L);
            foreach (var act in Acts.Where(act => act is { Kind: DiskActKind.Write, File.IsPartial: true }).OrderBy(act => act.Offset))
            {
                bytes += Math.Max(0, act.Offset + act.Length - Math.Max(end, act.Offset));
                end = Math.Max(end, act.Offset + act.Length);
            }

            return bytes;
        }
    }

    /// <param name="before">The folder as it was when the trace began.</param>
    /// <param name="content">What the partial file is to hold.</param>
    /// <param name="whim">What of the unflushed is kept; null for nothing.</param>
    public void Rebuild(string before, string folder, SampleContent content, Random? whim)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, file) in Names(whim))
        {
            var path = Path.Combine(folder, name);
            if (trace.Before.Contains(file)) File.Copy(Path.Combine(before, file.FirstName), path);
            using var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            foreach (var act in Acts.Where(act => act.File == file)) Apply(act, handle, content, whim);
        }
    }

    private Dictionary<string, TracedFile> Names(Random? whim)
    {
        var names = trace.Before.ToDictionary(file => file.FirstName, StringComparer.Ordinal);
        foreach (var act in Acts)
        {
            if (act.Kind is not (DiskActKind.Create or DiskActKind.Rename or DiskActKind.Delete)) continue;
            if (!IsSafe(act, DiskActKind.FlushFolder) && (whim is null || whim.Next(2) == 0)) break;
            if (act.Kind != DiskActKind.Create) names.Remove(act.Name!);
            if (act.Kind == DiskActKind.Create) names[act.Name!] = act.File!;
            if (act.NewName is { } name) names[name] = act.File!;
        }

        return names;
    }

    private void Apply(DiskAct act, SafeFileHandle handle, SampleContent content, Random? whim)
    {
        if (act.Kind is not (DiskActKind.Write or DiskActKind.SetLength or DiskActKind.Extend)) return;
        var isSafe = IsSafe(act, DiskActKind.Flush);
        if (!isSafe && (whim is null || whim.Next(3) == 0)) return;
        if (act.Kind == DiskActKind.SetLength) RandomAccess.SetLength(handle, act.Length);
        else if (act.Kind == DiskActKind.Extend) RandomAccess.SetLength(handle, Math.Max(act.Length, RandomAccess.GetLength(handle)));
        else Write(act, handle, content, isSafe || whim!.Next(2) == 0 ? null : whim);
    }

    /// <param name="torn">Decides page by page; null for every page.</param>
    private static void Write(DiskAct act, SafeFileHandle handle, SampleContent content, Random? torn)
    {
        var bytes = act.Bytes ?? new byte[act.Length];
        if (act.Bytes is null) content.Fill(act.Offset, bytes);
        for (var at = 0; at < bytes.Length;)
        {
            var end = torn is null ? bytes.Length : (int)Math.Min(bytes.Length, at + PageBytes - ((act.Offset + at) % PageBytes));
            if (torn is null || torn.Next(2) == 0) RandomAccess.Write(handle, bytes.AsSpan(at, end - at), act.Offset + at);
            at = end;
        }
    }

    private bool IsSafe(DiskAct act, DiskActKind flush) =>
        Acts.Any(later => later.Kind == flush && later.Begun > act.Done && later.Done <= moment && (flush == DiskActKind.FlushFolder || later.File == act.File));
}
