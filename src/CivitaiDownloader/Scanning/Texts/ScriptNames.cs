using System.Collections.Frozen;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Extensions under which a text runs, or makes something else run, when it is opened.</summary>
internal static class ScriptNames
{
    private static readonly FrozenSet<string> Extensions = new[]
    {
        ".py", ".pyw", ".pyx", ".sh", ".bash", ".zsh", ".fish", ".ksh", ".csh", ".command", ".run", ".bat", ".cmd", ".com", ".pif", ".scr", ".ps1", ".psm1", ".psd1", ".ps1xml", ".psc1",
        ".vbs", ".vbe", ".vb", ".js", ".jse", ".mjs", ".cjs", ".wsf", ".wsh", ".wsc", ".sct", ".hta", ".rb", ".pl", ".pm", ".lua", ".php", ".phtml", ".jsp", ".asp", ".aspx", ".tcl", ".awk", ".groovy", ".jl",
        ".reg", ".inf", ".scf", ".url", ".website", ".webloc", ".desktop", ".lnk", ".service", ".applescript", ".scpt", ".ahk", ".au3", ".msc", ".application", ".appref-ms", ".library-ms", ".search-ms", ".settingcontent-ms", ".job", ".chm", ".exe", ".dll",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Run(string extension) => Extensions.Contains(extension);
}
