namespace CivitaiDownloader.Bench;

/// <summary>One start of a benchmark: how thorough, the program under test, and a folder in memory where there is one.</summary>
internal sealed class BenchRun : IDisposable
{
    private readonly Lazy<bool> _canChoose;

    public BenchRun(bool isQuick, string program)
    {
        (IsQuick, Program) = (isQuick, program);
        _canChoose = new(CanChooseConnections);
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

    /// <summary>The options that give one file so many connections; none for a program that is older than the setting.</summary>
    public string[] Connections(int count) => _canChoose.Value ? ["--set", $"Transfer:ConnectionsPerFile={count}"] : [];

    public static void Say(string line) => Console.Error.WriteLine(line);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private bool CanChooseConnections()
    {
        try
        {
            ChildProcess.Run(Program, ["--home", Fresh("home"), "--set", "Transfer:ConnectionsPerFile=16", "config", "list"]);
            return true;
        }
        catch (InvalidOperationException)
        {
            Say("This program has no Transfer:ConnectionsPerFile: it runs with the connections that it has.");
            return false;
        }
    }
}
