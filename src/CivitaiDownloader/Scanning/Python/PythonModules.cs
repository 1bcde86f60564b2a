namespace CivitaiDownloader.Scanning.Python;

/// <summary>Names that settings must not give to whoever imports what settings name: all of Python's own library, and packages that load or run things.</summary>
internal static class PythonModules
{
    // Not of the library: what loads pickles, runs programs or fetches.
    private static readonly HashSet<string> Packages = ["__builtin__", "__builtins__", "cloudpickle", "dill", "joblib", "jsonpickle", "requests", "httpx", "urllib3", "aiohttp", "paramiko", "fabric", "invoke", "sh", "pexpect", "ptyprocess", "psutil", "cffi", "pip", "pkg_resources", "setuptools", "wheel"];

    // Of packages that models do name, the parts that compile, load or fetch.
    private static readonly string[] Parts = ["numpy.f2py", "numpy.distutils", "numpy.testing", "numpy.ctypeslib", "numpy.load", "torch.hub", "torch.load", "torch.ops.load_library", "torch.classes.load_library", "torch.utils.cpp_extension", "torch.utils.collect_env", "torch.utils.bottleneck", "torch.jit.load", "pandas.read_pickle", "pandas.eval", "pandas.io.pickle"];

    public static bool IsDangerous(string module)
    {
        var name = module.Trim();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return PythonLibrary.Holds(name) || Packages.Contains(dot < 0 ? name : name[..dot]) || Array.Exists(Parts, part => name == part || name.StartsWith(part + ".", StringComparison.Ordinal));
    }

    /// <summary>Builtins that run, fetch or open; types and sums among the builtins do nothing.</summary>
    public static bool IsDangerousBuiltin(string name) => name is "eval" or "exec" or "execfile" or "compile" or "open" or "__import__" or "getattr" or "setattr" or "delattr" or "globals" or "locals" or "vars" or "dir" or "input" or "breakpoint" or "help" or "exit" or "quit" or "memoryview" or "apply" or "print";
}
