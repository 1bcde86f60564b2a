using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>Where a plan is shown: as the result, or as what is said before a question.</summary>
internal enum PlanSide
{
    Output,
    Error,
}

/// <summary>A plan as a person reads it: the files, what may be wrong, and the totals last, where the question is asked.</summary>
internal sealed class PlanScreen
{
    private const int MostFiles = 20;
    private const int MostExamples = 3;
    private const int Label = 12;

    private readonly Screen _screen;
    private readonly PlanSide _side;
    private readonly bool _showsAll;

    public PlanScreen(Screen screen, PlanSide side, bool showsAll) => (_screen, _side, _showsAll) = (screen, side, showsAll);

    private Ink Ink => _side == PlanSide.Output ? _screen.Ink : _screen.ErrorInk;

    private int Width => _side == PlanSide.Output ? _screen.Width : _screen.ErrorWidth;

    public async Task ShowAsync(JobPlan plan, IJobStore store, CancellationToken cancellationToken)
    {
        if (_side == PlanSide.Error && !_screen.Says) return;
        await FilesAsync(plan, store, cancellationToken);
        Problems(plan.Problems);
        Blank();
        foreach (var (label, text) in Totals(plan)) Fact(label, text);
    }

    private static IEnumerable<(string Label, string Text)> Totals(JobPlan plan)
    {
        yield return ("to fetch", Sum(plan.ToFetch) + (plan.OfUnknownSize > 0 ? $" and {Quantity.Of(plan.OfUnknownSize, "file")} of unknown size" : ""));
        if (plan.Present.Count > 0) yield return ("there", Sum(plan.Present) + " in the library already");
        foreach (var volume in plan.Volumes) yield return ("disk", $"{Size(volume.Needed)} needed, {(volume.Free is { } free ? Size(free) + " free" : "free space not known")} at {VisibleText.OneLine(volume.Path, 4096)}");
        if (plan.ToFetch.Count > 0) yield return ("time", TimeOf(plan));
        if (Licences(plan.Licences) is { Length: > 0 } licences) yield return ("licences", licences);
        if (plan.LeftOut.Count > 0) yield return ("left out", string.Join(", ", plan.LeftOut.Select(rule => $"{Quantity.Number(rule.Count)} by {Flow.Together($"--{rule.Rule}")}")));
        if (plan.StoppedBy is { } rule) yield return ("stopped", $"--{rule} is reached: there may be more");
        if (plan.Duplicates > 0) yield return ("duplicates", $"{Quantity.Of(plan.Duplicates, "file")} dropped, the same content being planned already");
        if (plan.AccessUnknown > 0) yield return ("access", $"not asked for {Quantity.Of(plan.AccessUnknown, "file")}: the download tells");
    }

    private void Problems(IReadOnlyList<PlanProblem> problems)
    {
        if (problems.Count == 0) return;
        Blank();
        Write(Ink.Strong("What may be wrong"));
        foreach (var problem in problems)
        {
            Write($"  {Ink.Warn(PlanWords.Of(problem))}", hang: 2);
            var examples = problem.Examples.Take(_showsAll ? int.MaxValue : MostExamples).ToArray();
            foreach (var example in examples) Write($"    {PlanWords.Of(example)}", hang: 2);
            if (problem.Count > examples.Length) Write($"    and {Quantity.Number(problem.Count - examples.Length)} more{(_showsAll ? "" : " (--all)")}");
        }
    }

    private async Task FilesAsync(JobPlan plan, IJobStore store, CancellationToken cancellationToken)
    {
        var table = new PlanTable(Width, plan.Present.Count > 0);
        Write(Ink.Strong(table.Header));
        var most = _showsAll ? int.MaxValue : MostFiles;
        await foreach (var item in store.AllItemsAsync(plan.Draft, new() { Most = most }, cancellationToken)) Write(table.Row(item));
        if (plan.Files.Count > most) Write($"… and {Quantity.Number(plan.Files.Count - most)} more: --all shows them.");
    }

    private static string TimeOf(JobPlan plan) => (plan.Time, plan.BytesPerSecond) switch
    {
        ({ } time, { } rate) when plan.IsLimitOnly => $"{Duration.Short(time)} or more, at the limit of {Flow.Together(ByteSize.Format(rate) + "/s")}",
        ({ } time, { } rate) => $"about {Duration.Short(time)} at {Flow.Together(ByteSize.Format(rate) + "/s")}, as earlier jobs ran",
        _ => "not known: no earlier job here says how fast files come",
    };

    private static string Licences(LicenceCounts counts) => string.Join(", ", new[]
    {
        (counts.NoCommercialUse, "no commercial use"), (counts.CreditNeeded, "credit needed"), (counts.NoDerivatives, "no derivatives"), (counts.Unknown, "not said"),
    }.Where(count => count.Item1 > 0).Select(count => Flow.Together($"{Quantity.Number(count.Item1)} {count.Item2}")));

    private static string Sum(FileSum sum) => $"{Quantity.Of(sum.Count, "file")}, {Size(sum.Bytes)}";

    private static string Size(long bytes) => Flow.Together(ByteSize.Format(bytes));

    private void Fact(string label, string text) => Write($"{label.PadRight(Label)}{text}", hang: Width < 60 ? 2 : Label);

    private void Blank() => Write("");

    private void Write(string line, int hang = 0)
    {
        var writer = _side == PlanSide.Output ? _screen.Output : _screen.Error;
        int? cells = (_side == PlanSide.Output ? Console.IsOutputRedirected : Console.IsErrorRedirected) ? null : Width;
        foreach (var part in Flow.Lines(line, cells, hang)) writer.WriteLine(part);
    }
}
