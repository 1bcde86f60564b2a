using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Library;

namespace CivitaiDownloader.Cli.Info;

/// <summary>One version in full.</summary>
internal sealed class VersionSection(Screen screen, CliServices services, InfoLines lines, InfoLength length)
{
    private const int PicturesUsually = 3;
    private const int LinesOfNotes = 4;

    private readonly FileLines _files = new(screen, services, lines);

    public void Write(InfoFacts facts, ModelVersion version)
    {
        screen.Output.WriteLine();
        var date = InfoLines.Date(version.PublishedAt) is { } published ? $" · {published}" : "";
        lines.Title($"{DisplayText.Harmless(version.Name)}  (version {version.Id})", $" · {DisplayText.Harmless(version.BaseModel ?? "base model unknown")}{date}");
        Access(version.Id == facts.Shown?.Id && facts.Access is { } access ? access : DownloadAccess.Of(facts.Model, version, null, null, services.Time.GetUtcNow()));
        Words(version);
        if (version.Air is { } air) lines.Fact("air", air);
        Notes(version);
        if (version.Id == facts.Shown?.Id && facts.Found.AlsoIn is { Count: > 0 } also)
            lines.Fact("same file", $"also in {string.Join(", ", also.Take(5).Select(other => $"{other.Name} (version {other.Id})"))}; Civitai names this version for the hash");
        var files = facts.FilesOf(version);
        foreach (var file in files) _files.Write(file, isNamed: facts.Found.File?.Id == file.Id);
        if (files.Count == 0) screen.Output.WriteLine("  (no files)");
        Tips(files);
        Pictures(version);
    }

    private void Access(DownloadAccess access)
    {
        if (access.EarlyAccess is { } early) lines.Fact("access", early);
        if (access.Who == "unknown") return; // asked for one version only
        foreach (var (line, isFirst) in lines.Below(13, DisplayText.Harmless(access.Words)).Select((line, index) => (line, index == 0)))
        {
            var text = isFirst ? "  download   " + line[13..] : line;
            screen.Output.WriteLine(access.IsOpen ? text : screen.Ink.Warn(text));
        }
    }

    private void Words(ModelVersion version)
    {
        var words = TrainedWords.Clean(version.TrainedWords);
        if (words.Count > 0) lines.Facts("words", words);
    }

    private void Notes(ModelVersion version)
    {
        var notes = lines.Prose(ReadableHtml.Read(version.Description)).ToArray();
        var shown = length == InfoLength.Full || notes.Length <= LinesOfNotes + 1 ? notes.Length : LinesOfNotes;
        foreach (var line in notes.Take(shown)) screen.Output.WriteLine(line);
        if (shown < notes.Length) screen.Output.WriteLine(screen.Ink.Faint($"  … {notes.Length - shown} more lines with --full"));
    }

    private void Tips(IEnumerable<ModelFile> files)
    {
        foreach (var copy in files.SelectMany(services.Library.FindAll))
        {
            var tips = UsageTips.Beside(copy);
            if (tips.IsEmpty) continue;
            lines.Facts("your tips", Tip(tips));
            return; // the copies are of one content: one note is enough
        }
    }

    private static IEnumerable<string> Tip(UsageTips tips)
    {
        if (tips.Weight is { } weight) yield return $"weight {weight:0.##}";
        if (tips.ActivationText is { } activation) yield return $"activation: {activation}";
        if (tips.NegativeText is { } negative) yield return $"negative: {negative}";
        if (tips.Notes is { } notes) yield return $"notes: {notes}";
    }

    private void Pictures(ModelVersion version)
    {
        var most = length == InfoLength.Full ? int.MaxValue : PicturesUsually;
        lines.Addresses("previews", version.Images.Take(most).Select(image => $"{Rating(image)}{(image.IsStill ? "" : ", " + image.Type)}: {image.Url.AbsoluteUri}"));
        if (version.Images.Count > most) lines.Fact("", $"… {version.Images.Count - most} more with --full");
    }

    // A level is a bit mask; a picture has one bit of it (civitai-api 2.3).
    private static string Rating(ModelImage image) => image.NsfwLevel switch { 1 => "PG", 2 => "PG-13", 4 => "R", 8 => "X", 16 => "XXX", 32 => "blocked", _ => "not rated" };
}
