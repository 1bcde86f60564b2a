namespace CivitaiDownloader.Bench;

/// <summary>One start of a benchmark: how thorough, the program under test, and a folder in memory where there is one.</summary>
internal sealed class BenchRun : IDisposable
{
    public BenchRun(bool isQuick, string program)
    {
        (IsQuick, Program) = (isQuick, program);
        Folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "civitai-dl-bench-" + Environment.ProcessId)).FullName;
    }

    public bool IsQuick { get; }

    public string Program { get; }

    public string Folder { get; }

    /// <summary>Runs of each; in turn, so that a noisy minute hits all alike.</summary>
    public int Rounds => IsQuick ? 3 : 7;

    public string Fresh(string name)
    {
        var path = Path.Combine(Folder, name);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>The options that give one file so many connections.</summary>
    public static string[] Connections(int count) => ["--transfer-connections-per-file", $"{count}"];

    /// <summary>Only the scenarios whose heading has this in it; null for all.</summary>
    public string? Only { get; init; }

    public bool Wants(string heading) => Only is not { } only || heading.Contains(only, StringComparison.OrdinalIgnoreCase);

    public static void Say(string line) => Console.Error.WriteLine(line);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
