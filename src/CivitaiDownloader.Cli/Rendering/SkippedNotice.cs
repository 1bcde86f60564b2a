using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Says which things in folders were passed over because they are no files.</summary>
internal static class SkippedNotice
{
    private const int MostNamed = 3;

    public static void Write(IReadOnlyList<string> skipped, Screen screen)
    {
        if (skipped.Count == 0) return;
        var names = string.Join(", ", skipped.Take(MostNamed).Select(path => $"'{VisibleText.OneLine(path, 300)}'"));
        screen.Warn($"{(skipped.Count == 1 ? "1 pipe, socket or device was" : $"{skipped.Count} pipes, sockets or devices were")} skipped, not being files: {names}{(skipped.Count > MostNamed ? ", …" : "")}");
    }
}
