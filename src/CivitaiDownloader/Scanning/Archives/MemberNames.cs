using System.Buffers;
using System.Text;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Whether a member's name stays inside the folder it is unpacked into and means the same on every system. One name gives one finding, the worst.</summary>
internal static class MemberNames
{
    // Most file systems take 255 bytes or units for one name; macOS takes 1,024 bytes for a whole path, the least of the three systems with long paths on.
    private const int LongestName = 255, LongestPath = 1_024;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>\"|?*");

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <param name="rawName">As it stands in the archive, nothing cut or replaced.</param>
    /// <param name="item">The archive.</param>
    /// <param name="offset">The member's header in the archive: findings of one rule at one place count once.</param>
    public static void Check(string rawName, ScanItem item, ScanState state, long? offset = null)
    {
        if (WayOut(rawName) is { } way) state.Report(ArchiveRules.Traversal, item, $"a member is called {Shown(rawName)}: {way}", offset, Shown(rawName));
        else if (Oddity(rawName) is { } odd) state.Report(ArchiveRules.OddName, item, $"a member is called {Shown(rawName)}: {odd}", offset, Shown(rawName));
    }

    /// <summary>How <paramref name="path"/> leaves the folder it is seen from; null when it stays. Holds for every system, whichever this is.</summary>
    public static string? WayOut(string path) => Anchor(path) ?? (path.Split('/', '\\').Any(IsParent) ? "it climbs to a parent folder" : null);

    /// <summary>How <paramref name="path"/> names a place whatever folder it is seen from; null when it does not.</summary>
    public static string? Anchor(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return "it holds a NUL, where some programs end it";
        if (path.StartsWith('/') || path.StartsWith('\\')) return "it begins at the root";
        return path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' ? "it begins with a drive" : null;
    }

    // Windows drops spaces and dots at the end of a name, so that what is left climbs.
    private static bool IsParent(string name) => name.StartsWith("..", StringComparison.Ordinal) && name.TrimEnd(' ') == "..";

    private static string? Oddity(string path)
    {
        if (path.TrimEnd('/').Length == 0) return "it is empty";
        if (path.Contains('\\', StringComparison.Ordinal)) return "a backslash divides folders on one system and is a letter on others";
        if (Encoding.UTF8.GetByteCount(path) > LongestPath) return $"it is longer than {LongestPath} bytes";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name != "." && OddityOfOne(name) is { } odd) return odd;
        }

        return null;
    }

    private static string? OddityOfOne(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > LongestName) return $"a part of it is longer than {LongestName} bytes";
        if (name.EndsWith('.') || name.EndsWith(' ')) return "Windows drops the dot or space at its end";
        if (Devices.Contains(name.Split('.', ':')[0].TrimEnd(' '))) return "Windows takes it for a device";
        if (name.Contains(':', StringComparison.Ordinal)) return "Windows takes what follows the colon for a hidden stream";
        if (name.AsSpan().ContainsAny(Forbidden)) return "it holds a letter that Windows forbids in names";
        return HidesSomething(name) ? "it holds characters that are not shown, or are no text" : null;
    }

    private static bool HidesSomething(string name)
    {
        Rune before = default;
        foreach (var rune in name.EnumerateRunes())
        {
            // The joiner is part of many emoji and stands behind one then. A lone half of a pair comes as the replacement character.
            var joins = rune.Value == 0x200d && (before.Value > 0xffff || before.Value == 0xfe0f);
            if (rune == Rune.ReplacementChar || (!joins && VisibleText.IsHidden(rune))) return true;
            before = rune;
        }

        return false;
    }

    internal static string Shown(string name) => $"'{VisibleText.OneLine(name, 120)}'";
}
