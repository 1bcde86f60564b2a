using System.Globalization;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>A model as a person reads it.</summary>
internal sealed class InfoPage(Screen screen, CliServices services)
{
    public void Write(Model model, Target target)
    {
        screen.Output.WriteLine($"{screen.Ink.Strong(Text(model.Name))}  (model {model.Id})");
        Line("type", model.Type + (model.Mode is null ? "" : $" · {model.Mode}") + (model.Nsfw == true ? " · not safe for work" : ""));
        Line("creator", model.Creator ?? "(account gone)");
        if (model.Tags.Count > 0) Line("tags", string.Join(", ", model.Tags));
        Line("licence", Licence.Describe(model.License));
        if (model.Stats.Downloads is { } downloads) Line("downloads", downloads.ToString("N0", CultureInfo.InvariantCulture));
        Line("page", new Uri(services.Http.Endpoint, $"models/{model.Id}").AbsoluteUri);
        if (model.IsArchived) screen.Output.WriteLine(screen.Ink.Warn("  Archived: its files are not offered any more."));
        foreach (var version in Shown(model, target)) Version(version);
    }

    private static IEnumerable<ModelVersion> Shown(Model model, Target target)
    {
        ModelVersionId? one = target switch { Target.ByVersion byVersion => byVersion.Version, Target.ByFile byFile => byFile.Version, _ => null };
        var chosen = model.Versions.Where(version => version.Id == one).ToArray();
        return chosen.Length > 0 ? chosen : model.Versions;
    }

    private void Version(ModelVersion version)
    {
        screen.Output.WriteLine();
        var published = version.PublishedAt is { } at ? $" · {at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
        screen.Output.WriteLine($"{screen.Ink.Strong(Text(version.Name))}  (version {version.Id}) · {Text(version.BaseModel ?? "base model unknown")}{published}");
        if (version.EarlyAccess is { } early && early.MayBeClosedAt(services.Time.GetUtcNow()))
            screen.Output.WriteLine(screen.Ink.Warn("  early access " + (early.EndsAt is { } end ? $"until {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "without an end date")));
        if (version.UsageControl is not null and not "Download") screen.Output.WriteLine(screen.Ink.Warn("  downloads are switched off by its creator"));
        if (version.TrainedWords.Count > 0) Line("words", string.Join(" | ", version.TrainedWords.Select(word => word.Trim())));
        foreach (var file in version.Files) File(file);
        if (version.Files.Count == 0) screen.Output.WriteLine("  (no files)");
    }

    private void File(ModelFile file)
    {
        var facts = new[] { file.Type, file.Format, file.Precision, file.Size, file.QuantType }.OfType<string>().Select(Text);
        var size = file.EstimatedBytes is { } bytes ? ByteSize.Format(bytes) : "size unknown";
        screen.Output.WriteLine($"  {(file.IsPrimary ? "*" : " ")} {file.Id,-9} {Text(file.Name)}  {size}  {string.Join(" · ", facts)}");
        screen.Output.WriteLine(screen.Ink.Faint($"      {(file.Sha256 is { } hash ? $"sha256 {hash.Hex}{Label(file)}" : "no SHA-256: cannot be verified")}"));
        if (services.Library.Find(file) is { } kept) screen.Output.WriteLine(screen.Ink.Good($"      in the library: {Text(kept.Path)}"));
    }

    // The short form that other tools show beside pictures.
    private static string Label(ModelFile file) => file.Hashes.FirstOrDefault(hash => hash.Kind == HashKind.AutoV2) is { Hex.Length: > 0 } label ? $" · autov2 {label.Hex}" : "";

    private void Line(string name, string value) => screen.Output.WriteLine($"  {name,-10} {Text(value)}");

    private static string Text(string text) => VisibleText.OneLine(text, 600);
}
