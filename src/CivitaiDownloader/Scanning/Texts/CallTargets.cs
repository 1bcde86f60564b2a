using CivitaiDownloader.Scanning.Python;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>What settings name to be imported and called (<c>_target_</c> of Hydra, <c>target</c> of latent diffusion).</summary>
internal static class CallTargets
{
    // Plain containers and sums out of the library are named by ordinary settings.
    private static readonly string[] Harmless = ["builtins.", "math.", "collections.", "datetime.", "pathlib.Path", "pathlib.PurePath", "functools.partial", "logging.", "decimal.", "fractions.", "random.", "re.compile", "types.SimpleNamespace", "argparse.Namespace", "enum.", "dataclasses.", "typing.", "itertools."];

    // Under "target" stand file names, fields and addresses as well, and many modules are called like ordinary words.
    private static readonly HashSet<string> Unmistakable =
    [
        "os", "posix", "nt", "subprocess", "sys", "builtins", "__builtin__", "importlib", "runpy", "pty", "shutil", "socket", "ctypes", "pickle", "_pickle", "cPickle", "marshal", "commands", "popen2", "webbrowser", "multiprocessing", "timeit", "pdb", "bdb", "asyncio", "pkgutil", "urllib", "ftplib", "smtplib", "telnetlib", "tempfile", "cProfile", "dill", "cloudpickle", "joblib", "requests", "pip",
    ];

    /// <param name="isOnlyPossible">The key has other meanings too.</param>
    public static bool IsDangerous(string target, bool isOnlyPossible) => IsDangerous(target) && (!isOnlyPossible || Unmistakable.Contains(target.Trim().Split('.')[0]));

    private static bool IsDangerous(string target)
    {
        var name = target.Trim();
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name.AsSpan().ContainsAny(" /\\")) return false;
        if (name.StartsWith("builtins.", StringComparison.Ordinal) || name.StartsWith("__builtin", StringComparison.Ordinal)) return PythonModules.IsDangerousBuiltin(name[(dot + 1)..]);
        return PythonModules.IsDangerous(name) && !Array.Exists(Harmless, name.StartsWith) && IsPath(name);
    }

    private static bool IsPath(string name) => name.Split('.').All(part => part.Length > 0 && (char.IsLetter(part[0]) || part[0] == '_') && part.All(letter => char.IsLetterOrDigit(letter) || letter == '_'));
}
