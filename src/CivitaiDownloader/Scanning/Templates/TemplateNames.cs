using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Templates;

/// <summary>The names that lead out of a template: Python's, and those the engines bring along.</summary>
internal static partial class TemplateNames
{
    /// <summary>Functions and modules that a template has no business with, whether its engine offers them or not.</summary>
    private static readonly HashSet<string> Forbidden = new(StringComparer.Ordinal)
    {
        "getattr", "setattr", "delattr", "eval", "exec", "execfile", "globals", "locals", "breakpoint", "import_module", "builtins", "importlib", "os", "sys", "subprocess", "popen", "posix", "nt", "pty", "shutil", "socket", "ctypes", "pickle", "marshal", "runpy", "urllib",
    };

    /// <summary>Functions of Python whose names are ordinary words as well: only a call is one.</summary>
    private static readonly HashSet<string> ForbiddenCalls = new(StringComparer.Ordinal) { "open", "compile", "input", "vars", "dir", "help", "memoryview" };

    /// <summary>Attributes that are dangerous without an underscore in front (the lists in jinja2.sandbox), and what is called on modules once they are had.</summary>
    private static readonly HashSet<string> ForbiddenAttributes = new(StringComparer.Ordinal)
    {
        "mro", "func_globals", "func_closure", "func_code", "func_dict", "func_defaults", "im_class", "im_func", "im_self",
        "gi_frame", "gi_code", "cr_frame", "cr_code", "ag_frame", "ag_code", "f_globals", "f_builtins", "f_locals", "f_back", "f_code", "tb_frame", "tb_next", "co_code", "co_consts",
        "popen", "check_output", "import_module", "load_module", "exec_module",
        "gi_yieldfrom", "cr_await", "ag_await", "f_trace",
        "constructor", // in engines written in JavaScript the way to its interpreter
    };

    /// <summary>Harmless to call; to look into them is the way to the globals of the engine or of the program around it.</summary>
    private static readonly HashSet<string> EngineObjects = new(StringComparer.Ordinal)
    {
        "self", "cycler", "joiner", "lipsum", "range", "dict", "namespace", "raise_exception", "strftime_now", "request", "config", "application", "url_for", "get_flashed_messages",
    };

    public static bool IsForbidden(string name) => Forbidden.Contains(name);

    public static bool IsForbiddenCall(string name) => ForbiddenCalls.Contains(name);

    public static bool IsForbiddenAttribute(string name) => ForbiddenAttributes.Contains(name);

    public static bool IsEngineObject(string name) => EngineObjects.Contains(name);

    /// <summary>Whether a text names, or holds the name of, something that only Python's own machinery has.</summary>
    public static bool HoldsPythonName(string text) => text.Contains("__", StringComparison.Ordinal) && PythonName().IsMatch(text);

    // Data model names (Python language reference, section 3) that lead from a value to types, globals, code and imports.
    [GeneratedRegex("__(class|base|bases|mro|subclasses|globals|builtins|builtin|import|init|new|dict|getattribute|getattr|setattr|delattr|get|code|closure|func|self|module|loader|spec|reduce|reduce_ex|setstate|getstate|call|getitem|wrapped|traceback|context|enter|exit|name|qualname|weakref|slots|doc|defaults|kwdefaults|annotations|init_subclass|subclasshook|prepare|file|path|package|main|str|repr|format|hash|dir|eq|iter|next)__", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();
}
