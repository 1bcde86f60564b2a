using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Verifying;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Verify;

/// <summary>What a person sees of a check.</summary>
internal sealed class VerifyScreen(Screen screen, TimeProvider time)
{
    private const int MostExplained = 20;

    public static string Word(VerifyStatus status) => status.ToString().ToLowerInvariant();

    public static string Word(VerifySource source) => source.ToString().ToLowerInvariant();

    public void Begins(VerifyPlan plan)
    {
        if (plan.Run.IsResumed) screen.Say($"Goes on with the check begun {Ago(plan.Run.StartedAt)}; --again begins anew.");
        else if (plan.Run.LastEndedAt is { } last) screen.Say($"The last complete check of this was {Ago(last)}.");
    }

    /// <param name="listAll">Verified files too.</param>
    public void Files(VerifyReport report, bool listAll)
    {
        foreach (var file in report.Files.Where(file => listAll || file.Status != VerifyStatus.Verified))
            screen.Output.WriteLine($"{Colored(file.Status)}  {(file.Source is { } source ? Word(source) : "-"),-7}  {VisibleText.OneLine(file.Shown, 4096)}");
        screen.Output.Flush();
    }

    public void Ends(VerifyReport report, HashSnapshot read, CancellationToken cancellationToken)
    {
        foreach (var error in report.Files.Where(file => file.IsUnread).Select(file => file.Error!)) ErrorWriter.Write(ErrorReport.Of(error, cancellationToken), screen);
        if (report.Failure is { } failure)
            ErrorWriter.Write(ErrorReport.Of(failure, cancellationToken) with { Hint = "What was read is remembered: run the same command again when Civitai can be reached." }, screen);
        WarnOfSidecars(report);
        Explain(report);
        screen.Say(Summary(report, read));
    }

    public static string Warning(BrokenSidecar sidecar) => $"'{VisibleText.OneLine(sidecar.Path)}' is passed over: it {sidecar.Why}";

    private void WarnOfSidecars(VerifyReport report)
    {
        var broken = report.Files.SelectMany(file => file.BrokenSidecars).DistinctBy(sidecar => sidecar.Path).ToArray();
        foreach (var sidecar in broken.Take(MostExplained)) screen.Warn(Warning(sidecar) + ".");
        if (broken.Length > MostExplained) screen.Warn($"{Quantity.Number(broken.Length - MostExplained)} more files beside models are passed over; --json names them all.");
    }

    private void Explain(VerifyReport report)
    {
        var wrong = report.Files.Where(file => file.Status is VerifyStatus.Damaged or VerifyStatus.Missing).ToArray();
        foreach (var file in wrong.Take(MostExplained))
        {
            screen.SayWhole($"{screen.ErrorInk.Bad(Word(file.Status) + ":")} {VisibleText.OneLine(file.Shown, 4096)}");
            foreach (var line in Explanation(file)) screen.Say("  " + line);
        }

        if (wrong.Length > MostExplained) screen.Say($"… and {Quantity.Number(wrong.Length - MostExplained)} more like these; --json has the numbers of all.");
    }

    private static IEnumerable<string> Explanation(VerifiedFile file)
    {
        var isMissing = file.Status == VerifyStatus.Missing;
        if (!isMissing)
        {
            yield return $"on disk:  {file.Sha256?.Hex}";
            yield return $"{(Word(file.Source!.Value) + ":").PadRight(10)}{file.Expected?.Hex}";
        }

        if (file.ReplacedBy is { } other) yield return $"It was replaced: this is {VisibleText.OneLine(other.ModelName, 80)} {VisibleText.OneLine(other.VersionName, 40)} ({other.Model}@{other.Version}).";
        if (file.Origin is { ModelId: { } model, VersionId: { } version } origin)
            yield return $"{(isMissing ? "To have it again:" : "Move it away, then:")} {Flow.Together($"civitai-dl get {model}@{version}{(origin.FileId is { } id ? $" --file {id}" : "")}")}";
    }

    private static string Summary(VerifyReport report, HashSnapshot read)
    {
        if (report.Files.Count == 0) return "There is nothing to verify.";
        var unread = report.Files.Count(file => file.IsUnread) is > 0 and var count ? $" ({Quantity.Number(count)} could not be read)" : "";
        var counts = report.Files.GroupBy(file => file.Status).OrderBy(group => group.Key).Select(group => $"{Quantity.Number(group.Count())} {Word(group.Key)}{(group.Key == VerifyStatus.Unverifiable ? unread : "")}");
        var before = read.Recalled == 0 ? "" : $"; {Quantity.Number(read.Recalled)} read before the interruption";
        return $"{Quantity.Of(report.Files.Count, "file")}: {string.Join(", ", counts)}. {ByteSize.Format(read.Bytes)} read in {Duration.Short(read.Elapsed)}{before}.";
    }

    private string Colored(VerifyStatus status)
    {
        var word = Word(status).PadRight(12);
        return status switch
        {
            VerifyStatus.Verified => screen.Ink.Good(word),
            VerifyStatus.Unverifiable => screen.Ink.Warn(word),
            _ => screen.Ink.Bad(word),
        };
    }

    private string Ago(DateTimeOffset then) => Duration.Ago(time.GetUtcNow() - then);
}
