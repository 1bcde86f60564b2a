using System.Text;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>Recognises an error or login page by its first bytes, for hosts that call everything octet-stream.</summary>
internal static class PageSniffer
{
    private static readonly string[] Openings = ["<!doctype html", "<html", "<head", "<?xml version", "{\"error\"", "<error>"];

    public static bool LooksLikePage(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        Span<char> opening = stackalloc char[16];
        var length = Encoding.Latin1.GetChars(start[..Math.Min(start.Length, opening.Length)], opening);
        foreach (var known in Openings)
        {
            if (((ReadOnlySpan<char>)opening[..length]).StartsWith(known, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
