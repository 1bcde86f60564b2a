namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>What may be imported. The good list decides; the bad ones only say how bad the rest is.</summary>
internal static class ImportLists
{
    // Read by the old interpreter's names (CPython, Lib/_compat_pickle.py) as far as good names are concerned; all others are bad by either name.
    private static readonly Dictionary<string, string> OldModules = new()
    {
        ["__builtin__"] = "builtins",
        ["copy_reg"] = "copyreg",
        ["UserDict"] = "collections",
        ["UserList"] = "collections",
        ["UserString"] = "collections",
    };

    private static readonly Dictionary<string, string> OldBuiltins = new() { ["unicode"] = "str", ["long"] = "int", ["xrange"] = "range", ["basestring"] = "str" };

    public static PickleImport Judge(string module, string name)
    {
        if (module == "UserDict" && name == "IterableUserDict") name = "UserDict";
        if (OldModules.TryGetValue(module, out var today)) module = today;
        if (module == "builtins" && OldBuiltins.TryGetValue(name, out var builtin)) name = builtin;
        if (GoodImports.ReasonFor(module, name) is { } good) return new(module, name, ImportStanding.Good, good);
        if (BadImports.ReasonFor(module, name) is { } bad) return new(module, name, ImportStanding.Bad, bad);
        return new(module, name, ImportStanding.Unknown, "");
    }

    /// <summary>Whether it walks from a name to its attributes; no good name does.</summary>
    public static bool IsWalk(PickleImport import) => import.Name.Contains('.');

    /// <summary>Whether it takes items one by one when it is loaded.</summary>
    public static bool HoldsItems(PickleImport made) => GoodImports.Holders.Contains(made.Name) || made.Module is "copyreg" or "omegaconf.listconfig" or "omegaconf.dictconfig";

    /// <summary>Whether it reads its argument as a checkpoint of its own.</summary>
    public static bool LoadsNested(PickleImport import) => import is { Module: "torch.storage", Name: "_load_from_bytes" };
}
