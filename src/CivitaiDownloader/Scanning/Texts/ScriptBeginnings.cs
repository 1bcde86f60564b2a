using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Beginnings that are enough to know a script by.</summary>
internal static partial class ScriptBeginnings
{
    public static string? Of(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 4096)).TrimStart();
        if (start.StartsWith("#!") && start[2..].TrimStart(" \t") is ['/', ..]) return "a script";
        if (start.StartsWith("<?php", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<?=")) return "a PHP script";
        if (start.StartsWith("<%@")) return "a server page";
        if (start.StartsWith("#@~^")) return "an encoded Windows script";
        if (start.StartsWith("Windows Registry Editor Version") || start.StartsWith("REGEDIT4")) return "changes to the Windows registry";
        if (start.StartsWith("[InternetShortcut]", StringComparison.OrdinalIgnoreCase)) return "a shortcut to an address";
        if (start.StartsWith("[Desktop Entry]")) return "a starter of a desktop";
        if (start.StartsWith("tell application \"", StringComparison.OrdinalIgnoreCase) || start.StartsWith("do shell script \"", StringComparison.OrdinalIgnoreCase)) return "an AppleScript";
        return Batch().IsMatch(start) ? "a batch file" : null;
    }

    [GeneratedRegex(@"\A(?:@echo\s+(?:off|on)\b|echo\s+off\s*(?:\r|\n|\z|&)|@?setlocal\b|@(?:set|cd|start|rem|if|for|call|cls|title|color|powershell|cmd|mode|pushd|chcp|del|copy)\b(?![:.,]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Batch();
}
