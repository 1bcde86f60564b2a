using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace CivitaiDownloader.Cli.Memory;

/// <summary>
/// Gives back the pages of program and library files that starting up has touched and a long transfer does not: of some 28 MiB that are
/// resident, 18 are such pages (docs/decisions/2026-11-memory-of-a-transfer.md). What is needed again comes back from the page cache, unread from disk.
/// </summary>
internal static partial class WorkingSet
{
    private const int DontNeed = 4;

    private const int RoomForMaps = 160 * 1024;

    /// <summary>Between two stretches of work: what the last one left in the heap, and file pages on Linux. Takes some milliseconds and never fails: it is an economy.</summary>
    public static void GiveBack()
    {
        GiveBackFilePages(); // a collection touches other pages than what went before: one peak, not two on top of each other
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GiveBackFilePages();
    }

    /// <summary>File pages alone, on Linux: after a handshake, whose code is not needed again soon.</summary>
    public static void GiveBackFilePages()
    {
        if (!OperatingSystem.IsLinux()) return;
        var text = ArrayPool<byte>.Shared.Rent(RoomForMaps); // what does not fit is left alone
        var smaps = (ReadOnlySpan<byte>)text.AsSpan(0, Read("/proc/self/smaps", text));
        while (NextUntouched(ref smaps) is { } mapping) _ = Advise(mapping.Start, mapping.Length, DontNeed);
        ArrayPool<byte>.Shared.Return(text);
    }

    /// <summary>
    /// The next mapping of a file that cannot be written to and has no page of its own: dropping it loses nothing. A page that was changed once
    /// (a relocation, before its mapping became read-only) is anonymous and would come back unchanged, so its mapping is left alone.
    /// </summary>
    /// <param name="smaps">As /proc/self/smaps has it (proc(5)); moved behind the mapping found.</param>
    internal static (nint Start, nuint Length)? NextUntouched(ref ReadOnlySpan<byte> smaps)
    {
        (nint, nuint)? mapping = null;
        while (smaps.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = smaps[..end];
            smaps = smaps[(end + 1)..];
            if (line.Length > 0 && (line[0] is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f')) mapping = ReadOnlyFile(line);
            else if (mapping is not null && line.StartsWith("Anonymous:"u8))
            {
                if (line.EndsWith(" 0 kB"u8)) return mapping;
                mapping = null;
            }
        }

        return null;
    }

    // 7f7b4d800000-7f7b4dbb1000 r-xp 00000000 fe:00 123   /lib/libc.so.6
    private static (nint, nuint)? ReadOnlyFile(ReadOnlySpan<byte> line)
    {
        if (!Utf8Parser.TryParse(line, out ulong start, out var used, 'x') || used == line.Length || line[used] != '-') return null;
        if (!Utf8Parser.TryParse(line[(used + 1)..], out ulong end, out var more, 'x')) return null;
        var rest = line[(used + 1 + more)..];
        var isReadOnly = rest.Length > 5 && rest[1] == 'r' && rest[2] == '-' && rest[4] == 'p';
        return isReadOnly && rest.IndexOf(" /"u8) >= 0 ? ((nint)start, (nuint)(end - start)) : null;
    }

    private static int Read(string path, byte[] text)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var length = 0;
            while (length < text.Length && RandomAccess.Read(file, text.AsSpan(length), length) is > 0 and var read) length += read;
            return length;
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return 0; // a system that hides its maps keeps its pages
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
