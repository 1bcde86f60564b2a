using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Identify;

/// <summary>What is said about the result: counts, what was read, and what went wrong.</summary>
internal sealed class IdentifySummary(Screen screen)
{
    public void Write(IReadOnlyCollection<IdentifyOutcome> outcomes, HashSnapshot read, ErrorReport? failure)
    {
        foreach (var error in outcomes.Where(outcome => outcome.Status == "unreadable").Select(outcome => outcome.Error!)) ErrorWriter.Write(error, screen);
        if (failure is not null) ErrorWriter.Write(failure, screen);
        if (outcomes.Count == 0)
        {
            screen.Say("No model files here; --all-files looks at every file.");
            return;
        }

        var counts = new[] { ("identified", "identified"), ("unknown", "unknown to Civitai"), ("unasked", "not asked"), ("unreadable", "not readable") }
            .Select(kind => (Count: outcomes.Count(outcome => outcome.Status == kind.Item1), Words: kind.Item2)).Where(kind => kind.Count > 0).Select(kind => $"{Quantity.Number(kind.Count)} {kind.Words}");
        screen.Say($"{Quantity.Of(outcomes.Count, "file")}: {string.Join(", ", counts)}. {Reading(read)}");
    }

    private static string Reading(HashSnapshot read)
    {
        var now = read.Files == 0 ? "Nothing had to be read" : $"{ByteSize.Format(read.Bytes)} read in {Duration.Short(read.Elapsed)}";
        return now + (read.Recalled == 0 ? "." : $"; {Quantity.Number(read.Recalled)} {(read.Recalled == 1 ? "hash" : "hashes")} known from before.");
    }
}
