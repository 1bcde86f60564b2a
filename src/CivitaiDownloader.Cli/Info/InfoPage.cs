using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Info;

internal enum InfoLength
{
    /// <summary>The first versions in full, descriptions begun.</summary>
    Usual,

    /// <summary>Whole descriptions and every picture's address.</summary>
    Full,
}

/// <summary>A model as a person reads it.</summary>
internal sealed class InfoPage(Screen screen, CliServices services, InfoLength length)
{
    private const int VersionsInFull = 3;
    private const int LinesOfDescription = 8;

    private readonly InfoLines _lines = new(screen);

    public void Write(InfoFacts facts, bool allVersions)
    {
        Head(facts);
        var named = facts.Found.NamesVersion ? facts.Shown : null;
        var full = allVersions ? [.. facts.Model.Versions] : named is not null ? [named] : facts.Model.Versions.Take(VersionsInFull).ToArray();
        var section = new VersionSection(screen, services, _lines, length);
        foreach (var version in full) section.Write(facts, version);
        Others(facts, [.. facts.Model.Versions.Where(version => full.All(shown => shown.Id != version.Id))]);
    }

    private void Head(InfoFacts facts)
    {
        var model = facts.Model;
        _lines.Title($"{DisplayText.Harmless(model.Name)}  (model {model.Id})", "");
        _lines.Fact("type", model.Type + (model.Mode is null ? "" : $" · {model.Mode}") + (model.Nsfw == true ? " · not safe for work" : ""));
        _lines.Fact("creator", model.Creator ?? "(account gone)");
        if (model.Tags.Count > 0) _lines.Fact("tags", string.Join(", ", model.Tags));
        if (model.Stats.Downloads is { } downloads) _lines.Fact("downloads", Quantity.Number(downloads) + (model.Stats.ThumbsUp is { } liked ? $" · {Quantity.Number(liked)} likes" : ""));
        _lines.Addresses("page", [new Uri(services.Http.Endpoint, $"models/{model.Id}").AbsoluteUri]);
        _lines.Answers("you may", Licence.Terms(model.License).Select(term => (term.Answer, term.Words)));
        if (Licence.Unknown(model.License) is { Count: > 0 } unknown) _lines.Fact("", $"also granted: {string.Join(", ", unknown)}");
        if (facts.Kept(services).Select(kept => kept.Version).DistinctBy(version => version.Id).ToArray() is { Length: > 0 } kept)
            _lines.Fact("library", string.Join(", ", kept.Select(version => $"{version.Name} (version {version.Id})")));
        if (model.IsArchived) screen.Output.WriteLine(screen.Ink.Warn("  Archived: its files are not offered any more."));
        Description(model.Description);
    }

    private void Description(string? html)
    {
        var lines = _lines.Prose(ReadableHtml.Read(html)).ToArray();
        if (lines.Length == 0) return;
        screen.Output.WriteLine();
        var shown = length == InfoLength.Full || lines.Length <= LinesOfDescription + 2 ? lines.Length : LinesOfDescription;
        foreach (var line in lines.Take(shown)) screen.Output.WriteLine(line);
        if (shown < lines.Length) screen.Output.WriteLine(screen.Ink.Faint($"  … {lines.Length - shown} more lines with --full"));
    }

    private void Others(InfoFacts facts, IReadOnlyList<ModelVersion> others)
    {
        if (others.Count == 0) return;
        screen.Output.WriteLine();
        screen.Output.WriteLine(screen.Ink.Strong($"{others.Count} other version{(others.Count == 1 ? "" : "s")}"));
        var kept = facts.Kept(services).Select(entry => entry.Version.Id).ToHashSet();
        foreach (var version in others)
        {
            var words = new[]
            {
                DisplayText.Harmless(version.Name), DisplayText.Harmless(version.BaseModel ?? "base model unknown"), InfoLines.Date(version.PublishedAt), InfoLines.Files(version.Files.Count),
                version.EarlyAccess?.MayBeClosedAt(services.Time.GetUtcNow()) == true ? "early access" : null, kept.Contains(version.Id) ? "in the library" : null,
            };
            screen.Output.WriteLine(DisplayText.Cut($"  {version.Id,-9} {string.Join(" · ", words.OfType<string>())}", screen.Width));
        }

        screen.Say($"All of them in full: --all-versions; one: civitai-dl info {facts.Model.Id}@{others[0].Id}");
    }
}
