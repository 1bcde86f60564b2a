using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Whether bytes are text, and what a program would take the text for.</summary>
internal static class TextShape
{
    public static ContentKind? Of(ScanSource source) => null;
}
