using System.Globalization;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Search results as rows that fit the terminal, each printed as soon as it is known: the widths depend on the terminal only.</summary>
internal sealed class SearchTable(Screen screen, LibraryView library)
{
    private const int Id = 8, Type = 16, Base = 14, Creator = 18, Downloads = 10, Have = 4, Gap = 2;

    // What a narrow terminal does without, in this order; the number and the name always stay.
    private readonly bool _base = screen.Width >= 78, _creator = screen.Width >= 98, _downloads = screen.Width >= 62, _type = screen.Width >= 48;

    public async Task WriteAsync(IAsyncEnumerable<Model> models, SearchReport report, SearchQuery query)
    {
        try
        {
            await foreach (var model in models)
            {
                if (report.Found == 1) Header();
                Row(model);
            }
        }
        finally
        {
            screen.Output.Flush();
        }

        Summary(report, query);
    }

    private int NameWidth => Math.Max(12, Math.Min(60, screen.Width - Id - Have - (2 * Gap)
        - (_type ? Type + Gap : 0) - (_base ? Base + Gap : 0) - (_creator ? Creator + Gap : 0) - (_downloads ? Downloads + Gap : 0)));

    private void Header() => screen.Output.WriteLine(screen.Ink.Strong(Line("ID", "NAME", "TYPE", "BASE", "CREATOR", "DOWNLOADS", "HAVE")));

    private void Row(Model model)
    {
        var newest = model.Versions.Count > 0 ? model.Versions[0] : null;
        screen.Output.WriteLine(Line(
            model.Id.ToString(), DisplayText.Harmless(model.Name), DisplayText.Harmless(model.Type), DisplayText.Harmless(newest?.BaseModel), DisplayText.Harmless(model.Creator ?? "-"),
            model.Stats.Downloads?.ToString("N0", CultureInfo.InvariantCulture) ?? "-", library.HasAnyOf(model) ? "yes" : ""));
        screen.Output.Flush();
    }

    private string Line(string id, string name, string type, string baseModel, string creator, string downloads, string have)
    {
        var gap = new string(' ', Gap);
        var line = DisplayText.PadLeft(id, Id) + gap + DisplayText.Fit(name, NameWidth) + gap;
        if (_type) line += DisplayText.Fit(type, Type) + gap;
        if (_base) line += DisplayText.Fit(baseModel, Base) + gap;
        if (_creator) line += DisplayText.Fit(creator, Creator) + gap;
        if (_downloads) line += DisplayText.PadLeft(downloads, Downloads) + gap;
        return (line + have).TrimEnd();
    }

    private void Summary(SearchReport report, SearchQuery query)
    {
        if (report.Found == 0)
        {
            screen.Say("No model fits." + (query.AllRatings ? "" : " Only safe-for-work models were looked at; --nsfw looks at all."));
            return;
        }

        var count = report.Found == 1 ? "1 model" : $"{report.Found.ToString("N0", CultureInfo.InvariantCulture)} models";
        screen.Say(report.Found == query.Limit ? $"{count}; there may be more: raise --limit, or give --all. Details: civitai-dl info ID" : $"{count}. Details: civitai-dl info ID");
        if (report.Skipped > 0) screen.Warn($"{report.Skipped} item(s) of Civitai's answer could not be read and were left out.");
        if (!report.IsComplete) screen.Warn("Civitai's list went in circles and was left before its end.");
    }
}
