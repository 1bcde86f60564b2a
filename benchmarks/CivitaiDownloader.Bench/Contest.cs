namespace CivitaiDownloader.Bench;

/// <summary>Runs ours and its peers against one origin. Each starts in an empty folder, and what it leaves is hashed: a wrong file, a failure or five minutes count as for ever.</summary>
internal sealed class Contest(BenchRun run, NginxCivitai origin)
{
    private const int MostSeconds = 300;

    /// <summary>Verified and placed, with the API asked before; as many connections as the program itself finds right.</summary>
    public Took Ours() => Ours([]);

    public Took Ours(int connections) => Ours(BenchRun.Connections(connections));

    /// <summary>As a job that is planned and run: both are timed.</summary>
    public Took Job(params string[] how)
    {
        var to = run.Fresh("to");
        string[] places = ["--endpoint", origin.Api, "--home", Path.Combine(to, "home"), "--library", Path.Combine(to, "library"), "--quiet"];
        var list = Path.Combine(to, "list");
        File.WriteAllLines(list, origin.Files.Select(file => $"{file.Model}@{file.Version}"));
        var planned = Try(run.Program, [.. places, "job", "create", "--from", list, "--yes", "--no-watch", .. how]);
        return planned == Took.Forever ? planned : CheckedOurs(to, planned.Then(Try(run.Program, [.. places, "job", "run"])));
    }

    /// <summary>Verified with its own --checksum, in as many pieces as connections.</summary>
    public Took Aria2(int connections, params IEnumerable<string> more)
    {
        var to = run.Fresh("to");
        // Names are looked up as the system does: its own resolver does not know localhost in a network that has nothing else.
        var list = Path.Combine(to, "list");
        File.WriteAllLines(list, origin.Files.Select(file => $"{origin.Link(file)}\n  out={file.Name}\n  checksum=sha-256={file.Sha256}"));
        var took = Try("aria2c", ["--no-conf", "-q", "--async-dns=false", "--file-allocation=none", "--ca-certificate=" + origin.Certificate, "-d", to, "-i", list, $"-x{connections}", $"-s{connections}", .. more]);
        return Checked("aria2c", took, file => Path.Combine(to, file.Name));
    }

    /// <summary>One connection and no check.</summary>
    public Took Curl()
    {
        var to = Path.Combine(run.Fresh("to"), origin.Files[0].Name);
        return Checked("curl", Try("curl", ["-q", "-sS", "--fail", "--cacert", origin.Certificate, "-o", to, origin.Link(origin.Files[0])]), _ => to);
    }

    public Took CurlChecked()
    {
        var fetched = Curl();
        return fetched.Then(Try("sha256sum", [Path.Combine(run.Folder, "to", origin.Files[0].Name)]));
    }

    private Took Ours(string[] more)
    {
        var to = run.Fresh("to");
        var took = Try(run.Program,
            ["--endpoint", origin.Api, "--home", Path.Combine(to, "home"), "--library", Path.Combine(to, "library"), "--quiet", .. more, "get", .. origin.Files.Select(file => $"model:{file.Model}")]);
        return CheckedOurs(to, took);
    }

    private Took CheckedOurs(string to, Took took)
    {
        var library = Directory.CreateDirectory(Path.Combine(to, "library")).FullName;
        var placed = Directory.EnumerateFiles(library, "*.safetensors", SearchOption.AllDirectories).ToLookup(Path.GetFileName);
        return Checked("civitai-dl", took, file => placed[file.Name].SingleOrDefault() ?? "");
    }

    private Took Try(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            return ChildProcess.Measure("timeout", ["-k", "5", $"{MostSeconds}", program, .. arguments], new Dictionary<string, string> { ["SSL_CERT_FILE"] = origin.Certificate });
        }
        catch (InvalidOperationException failed)
        {
            BenchRun.Say(failed.Message.Length <= 400 ? failed.Message : $"{failed.Message[..300]} ... {failed.Message[^80..]}");
            return Took.Forever;
        }
    }

    private Took Checked(string name, Took took, Func<OriginFile, string> where)
    {
        if (took == Took.Forever || origin.Files.All(file => file.IsAt(where(file)))) return took;
        BenchRun.Say($"{name} left a wrong file or none.");
        return Took.Forever;
    }
}
