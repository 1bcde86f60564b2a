using System.Globalization;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>What the API has sent that this program does not know: fields and members of enumerations. Harmless, but a sign that a newer civitai-dl may know more.</summary>
internal sealed class DriftCheck() : ServiceCheck("api")
{
    private const int MostShown = 8;

    protected override Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        if (diagnosis.DatabaseFailure is not null) return Task.FromResult(CheckResult.Skipped("What the API has added is kept in the database, which cannot be read."));
        var seen = services.Get<ApiDrift>().Seen();
        return Task.FromResult(seen.Count == 0
            ? CheckResult.Ok("Nothing that this program does not know")
            : CheckResult.Ok($"{Count(seen.Count)} new since this program was made: {string.Join("; ", seen.Take(MostShown).Select(Describe))}{(seen.Count > MostShown ? "; …" : "")}")
                with { Hint = "Everything is kept as it came. A newer civitai-dl may show more of it." });
    }

    private static string Count(int count) => count == 1 ? "1 field or value is" : $"{count.ToString(CultureInfo.InvariantCulture)} fields or values are";

    private static string Describe(DriftEntry entry) => string.Create(CultureInfo.InvariantCulture,
        $"{(entry.Kind == DriftEntry.UnknownField ? "field" : "value")} {VisibleText.OneLine(entry.Name, 80)} of {entry.Endpoint} ({entry.Count}×, last {entry.LastSeen.UtcDateTime:yyyy-MM-dd})");
}
