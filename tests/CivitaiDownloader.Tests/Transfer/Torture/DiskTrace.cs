using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>What a program did to the files of one folder, as strace saw it (<c>-f -y -xx</c>): which bytes it asked the system to keep, and when it was told that they are safe.</summary>
internal sealed partial class DiskTrace
{
    private readonly string _folder;
    private readonly string _prefix;
    private readonly Dictionary<string, TracedFile> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Text, int Begun)> _unfinished = [];
    private readonly List<DiskAct> _acts = [];

    private DiskTrace(string folder, string prefix) => (_folder, _prefix) = (folder, prefix);

    /// <summary>In the order in which they were done.</summary>
    public IReadOnlyList<DiskAct> Acts => _acts;

    /// <summary>The files that were there when it began.</summary>
    public IReadOnlyList<TracedFile> Before { get; private set; } = [];

    /// <summary>What strace is to be asked for: everything that changes a file or makes it safe.</summary>
    public static string[] Arguments(string output) =>
    [
        "-f", "--seccomp-bpf", "-y", "-xx", "-s", "4096", "-o", output,
        "-e", "trace=openat,pwrite64,pwritev,pwritev2,write,writev,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,copy_file_range,io_uring_enter",
    ];

    /// <param name="prefix">How the names of the files begin that are followed.</param>
    /// <param name="before">Names of the files that were there when the program was started.</param>
    public static DiskTrace Read(IEnumerable<string> lines, string folder, string prefix, IEnumerable<string> before)
    {
        var trace = new DiskTrace(folder, prefix);
        foreach (var name in before) trace._names[name] = new() { FirstName = name };
        trace.Before = [.. trace._names.Values];
        return trace.Read(lines);
    }

    private DiskTrace Read(IEnumerable<string> lines)
    {
        var at = 0;
        foreach (var line in lines) Take(line, at++);
        return this;
    }

    private void Take(string line, int at)
    {
        const string unfinished = " <unfinished ...>";
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) return;
        var (thread, text, begun) = (line[..space], line[space..].TrimStart(), at);
        if (text.EndsWith(unfinished, StringComparison.Ordinal))
        {
            _unfinished[thread] = (text[..^unfinished.Length], at);
            return;
        }

        if (Resumed().Match(text) is { Success: true } resumed && _unfinished.Remove(thread, out var first)) (text, begun) = (first.Text + text[resumed.Length..], first.Begun);
        if (Call().Match(text) is { Success: true } call && !call.Groups["result"].Value.StartsWith('-'))
            Take(call.Groups["name"].Value, call.Groups["arguments"].Value, long.Parse(call.Groups["result"].Value, CultureInfo.InvariantCulture), begun, at);
    }

    private void Take(string call, string arguments, long result, int begun, int done)
    {
        switch (call)
        {
            case "openat" when arguments.Contains("O_CREAT", StringComparison.Ordinal):
                if (NameIn(Texts(arguments)[0]) is { } created && !_names.ContainsKey(created)) Add(new(DiskActKind.Create, _names[created] = new() { FirstName = created }, begun, done) { Name = created });
                if (arguments.Contains("O_TRUNC", StringComparison.Ordinal)) throw new NotSupportedException("A file was cut when it was opened; the trace does not follow that.");
                break;
            case "rename" or "renameat" or "renameat2":
                Rename(NameIn(Texts(arguments)[0]), NameIn(Texts(arguments)[1]), begun, done);
                break;
            case "unlink" or "unlinkat":
                if (NameIn(Texts(arguments)[0]) is { } deleted && _names.Remove(deleted, out var gone)) Add(new(DiskActKind.Delete, gone, begun, done) { Name = deleted });
                break;
            case "fsync" or "fdatasync" when Handle(arguments) == _folder:
                Add(new(DiskActKind.FlushFolder, null, begun, done));
                break;
            default:
                if (NameIn(Handle(arguments)) is { } name && _names.TryGetValue(name, out var file)) Change(call, arguments, result, new(DiskActKind.Write, file, begun, done));
                break;
        }
    }

    private void Rename(string? name, string? newName, int begun, int done)
    {
        if (name is null || !_names.Remove(name, out var file)) return;
        if (newName is not null) _names[newName] = file;
        Add(new(DiskActKind.Rename, file, begun, done) { Name = name, NewName = newName });
    }

    private void Change(string call, string arguments, long result, DiskAct act)
    {
        var numbers = Numbers().Matches(arguments).Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        switch (call)
        {
            case "fsync" or "fdatasync":
                Add(act with { Kind = DiskActKind.Flush });
                break;
            case "ftruncate":
                Add(act with { Kind = DiskActKind.SetLength, Length = numbers[^1] });
                break;
            case "fallocate":
                if (!arguments.Contains("KEEP_SIZE", StringComparison.Ordinal)) Add(act with { Kind = DiskActKind.Extend, Length = numbers[^2] + numbers[^1] });
                break;
            case "pwrite64" or "pwritev" or "pwritev2":
                var offset = call == "pwritev2" ? numbers[^2] : numbers[^1];
                Add(act with { Offset = offset, Length = result, Bytes = act.File!.IsPartial ? null : Written(arguments, result) });
                break;
            case "openat":
                break;
            default:
                throw new NotSupportedException($"The trace does not follow {call}, which was used on {act.File!.FirstName}.");
        }
    }

    private void Add(DiskAct act) => _acts.Add(act);

    private string? NameIn(string? path) => path is not null && Path.GetDirectoryName(path) == _folder && Path.GetFileName(path).StartsWith(_prefix, StringComparison.Ordinal) ? Path.GetFileName(path) : null;

    private static byte[] Written(string arguments, long length)
    {
        var bytes = Text().Matches(arguments).SelectMany(match => Convert.FromHexString(match.Groups["hex"].Value.Replace("\\x", "", StringComparison.Ordinal))).ToArray();
        return bytes.Length == length ? bytes : throw new NotSupportedException($"{length} bytes were written and the trace shows {bytes.Length}.");
    }

    private static string[] Texts(string arguments) => [.. Text().Matches(arguments).Select(match => Decoded(match.Groups["hex"].Value))];

    private static string? Handle(string arguments) => FirstHandle().Match(arguments) is { Success: true } handle ? Decoded(handle.Groups["hex"].Value) : null;

    private static string Decoded(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex.Replace("\\x", "", StringComparison.Ordinal)));

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= (?<result>-?\d+)")]
    private static partial Regex Call();

    [GeneratedRegex("\"(?<hex>(\\\\x[0-9a-f]{2})*)\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"^\d+<(?<hex>(\\x[0-9a-f]{2})*)>")]
    private static partial Regex FirstHandle();

    [GeneratedRegex(@"(?<=, )\d+(?=,|$)")]
    private static partial Regex Numbers();
}
