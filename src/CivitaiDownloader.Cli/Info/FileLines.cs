using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>One file: what it is, every hash, what Civitai's scanner said, and where the library has it.</summary>
internal sealed class FileLines(Screen screen, CliServices services, InfoLines lines)
{
    private const int Indent = 6;
    private const int ImportsShown = 20;

    public void Write(ModelFile file, bool isNamed)
    {
        var size = file.EstimatedBytes is { } bytes ? ByteSize.Format(bytes) : "size unknown";
        var mark = isNamed ? ">" : file.IsPrimary ? "*" : " ";
        var title = $"{file.Id} · {DisplayText.Harmless(file.Name)} · {size}{(file.IsPrimary ? " · primary" : "")}";
        foreach (var (line, index) in lines.Below(4, title).Select((line, index) => (line, index))) screen.Output.WriteLine(index == 0 ? $"  {mark} {line[4..]}" : line);
        Below(string.Join(" · ", new[] { file.Type, file.Format, file.Precision, file.Size, file.QuantType }.OfType<string>().Select(DisplayText.Harmless)));
        Hashes(file);
        foreach (var line in Scan(file)) Below(screen.Ink, line);
        if (services.Library.Find(file) is { } kept) screen.Output.WriteLine(screen.Ink.Good($"{new string(' ', Indent)}in the library: {VisibleText.OneLine(kept.Path, 4096)}"));
    }

    private void Hashes(ModelFile file)
    {
        if (file.Sha256 is null) Below("no SHA-256: it cannot be verified", screen.Ink.Warn);
        // Never broken: they are there to be copied.
        foreach (var hash in file.Hashes.Where(hash => hash.Hex.Length == 64)) screen.Output.WriteLine(screen.Ink.Faint($"{new string(' ', Indent)}{Kind(hash)} {hash.Hex}"));
        var small = file.Hashes.Where(hash => hash.Hex.Length < 64).Select(hash => $"{Kind(hash)} {hash.Hex}").ToArray();
        if (small.Length > 0) Below(string.Join(" · ", small), screen.Ink.Faint);
    }

    // Said as theirs: their scanner calls files clean that it never opened (civitai-api 6.4).
    private static IEnumerable<(string Line, bool IsBad)> Scan(ModelFile file)
    {
        if (file.PickleScan is null && file.VirusScan is null) yield break;
        var when = InfoLines.Date(file.ScannedAt) is { } date ? $", {date}" : "";
        yield return ($"Civitai's own scan says: pickle {DisplayText.Harmless(file.PickleScan ?? "-")}, virus {DisplayText.Harmless(file.VirusScan ?? "-")}{when}", file.PickleScan == "Danger" || file.VirusScan == "Danger");
        if (PickleImports.Read(file.PickleScanMessage) is not { } imports) yield break;
        var harmless = imports.All.Except(imports.Dangerous).ToArray();
        if (imports.Dangerous.Count > 0) yield return ($"it calls these imports dangerous: {List(imports.Dangerous)}", true);
        if (harmless.Length > 0) yield return ($"it saw these imports: {List(harmless)}", false);
    }

    private static string List(IReadOnlyCollection<string> imports) =>
        string.Join(", ", imports.Take(ImportsShown).Select(import => VisibleText.OneLine(import, 120))) + (imports.Count > ImportsShown ? $" and {imports.Count - ImportsShown} more" : "");

    private void Below(Ink ink, (string Line, bool IsBad) said) => Below(said.Line, said.IsBad ? ink.Bad : null);

    private void Below(string text, Func<string, string>? paint = null)
    {
        foreach (var line in lines.Below(Indent, text)) screen.Output.WriteLine(paint is null ? line : paint(line));
    }

    private static string Kind(ContentHash hash) => hash.Kind.ToString().ToLowerInvariant();
}
