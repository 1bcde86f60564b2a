using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>What there is to say about results: how many, what was done here, and what Civitai did not do.</summary>
internal static class SearchSummary
{
    public static void Say(SearchRun run, Screen screen)
    {
        var (query, report, _) = run;
        screen.Say(report.Found == 0 ? NothingFits(query) : $"{Quantity.Of(report.Found, "model")}{Rest(report)}. Details: civitai-dl info ID");
        if (run.FilteredHere.Any()) screen.Say(Filtered(run));
        if (query is { Text: not null, Sort: not null }) screen.Say("--sort was without effect: with words to look for, Civitai lists by relevance.");
        foreach (var warning in Warnings(report)) screen.Warn(warning);
    }

    /// <summary>What Civitai did not do as it should.</summary>
    public static IEnumerable<string> Warnings(SearchReport report)
    {
        foreach (var tag in report.UncheckedTags) yield return $"Civitai's list of tags did not answer for '{VisibleText.OneLine(tag, 80)}', so the tag was compared here.";
        if (report.Skipped > 0) yield return $"{Quantity.Of(report.Skipped, "item")} of Civitai's answer could not be read and {(report.Skipped == 1 ? "was" : "were")} left out.";
        if (report.IsShort) yield return $"Civitai announced {Quantity.Of(report.Announced!.Value, "model")} and gave {Quantity.Number(report.LookedAt)}.";
        if (report.End == SearchEnd.NoCursor) yield return "Civitai named a next page and no cursor to ask for it by: there is more than is shown.";
        if (report.End == SearchEnd.WentInCircles) yield return "Civitai's list went in circles and was left before its end.";
    }

    private static string Rest(SearchReport report) => report.End switch
    {
        SearchEnd.LimitReached => "; there may be more: raise --limit, or give --all",
        SearchEnd.ListEnded or SearchEnd.RestCannotFit => ", all that fit",
        _ => "",
    };

    private static string NothingFits(SearchQuery query) => "No model fits." + (query.Ratings == ContentRatings.Pg ? " Only safe-for-work models were looked at; --rating pg-r looks at more, --nsfw at all." : "");

    private static string Filtered(SearchRun run) => $"Looked at {Quantity.Of(run.Report.LookedAt, "model")}; filtered here, not by Civitai: "
        + string.Join(", ", run.FilteredHere.Select(filter => $"--{filter.Filter}" + (filter.Dropped == 0 ? "" : $" (left out {Quantity.Number(filter.Dropped)})"))) + ".";
}
