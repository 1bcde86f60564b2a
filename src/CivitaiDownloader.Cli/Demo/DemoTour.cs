using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Get;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Cli.Demo;

/// <summary>The stations of the demo. Each says what a person would type, does it with the same code, and shows what came of it.</summary>
internal sealed class DemoTour(SandboxHost sandbox, CliServices services, Screen screen)
{
    private const long InterruptAfter = 24 << 20;
    private const long PacedBytesPerSecond = 100 << 20;

    private static readonly int[] Kinds = [SampleIds.Plain, SampleIds.ManyFiles, SampleIds.Gguf, SampleIds.Embedding, SampleIds.Workflow];

    // As the person typed it: the wrapper of a checkout hands its own name on.
    private static readonly string Called = Environment.GetEnvironmentVariable("CIVITAI_DL_CALLED") is { Length: > 0 } name ? VisibleText.OneLine(name, 200) : "civitai-dl";

    private readonly GetRun _run = new(services, screen);

    public async Task<IReadOnlyList<GetOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        screen.Say($"A host that speaks Civitai's API runs on this machine now, at {sandbox.Api} with {sandbox.Catalogue.All.Count} sample models. Nothing leaves this machine.");
        await SearchAsync(cancellationToken);
        var outcomes = new List<GetOutcome>();

        Station("Download files of different types", $"{Called} get {string.Join(' ', Kinds)}");
        foreach (var id in Kinds) outcomes.Add(await GetAsync(id, cancellationToken));

        outcomes.Add(await InterruptAndResumeAsync(cancellationToken));

        Station("A file whose bytes are not what was announced is refused", $"{Called} get {SampleIds.WrongBytes}");
        outcomes.Add(await GetAsync(SampleIds.WrongBytes, cancellationToken));

        Station("What is there already is not fetched again", $"{Called} get {SampleIds.Plain}");
        outcomes.Add(await GetAsync(SampleIds.Plain, cancellationToken));

        Summary(outcomes);
        return outcomes;
    }

    /// <summary>Everything placed and verified but the one bad file, and nothing verified fetched twice.</summary>
    public bool EndedAsItShould(IReadOnlyList<GetOutcome> outcomes) =>
        outcomes.Count == Kinds.Length + 3
        && outcomes.Where(outcome => outcome.Request.Text != Text(SampleIds.WrongBytes)).All(outcome => outcome.Error is null)
        && outcomes.Single(outcome => outcome.Request.Text == Text(SampleIds.WrongBytes)).Error?.ExitCode == ExitCodes.Damaged
        && outcomes[^1].Result is ItemResult.Present
        && sandbox.Ledger.Of(SampleIds.Medium * 100).ServedTwice <= 16 << 20;

    private async Task SearchAsync(CancellationToken cancellationToken)
    {
        Station("Search", $"{Called} search portraits --limit 6");
        var query = new SearchQuery { Text = "portraits", Limit = 6 };
        var report = new SearchReport();
        var models = services.Catalog.SearchAsync(query, report, Http.CacheUse.Normal, cancellationToken);
        if (!screen.IsJson) await SearchPrinting.WriteAsync(models, new(query, report, SearchOutput.ForDemo), screen, services);
    }

    private async Task<GetOutcome> InterruptAndResumeAsync(CancellationToken cancellationToken)
    {
        Station("Interrupt a download, then go on", $"{Called} get {SampleIds.Medium}   (Ctrl-C)   {Called} get {SampleIds.Medium}");
        sandbox.Faults.Add(new(FaultKind.Bandwidth) { Model = SampleIds.Medium, Amount = PacedBytesPerSecond });
        var coverage = sandbox.Ledger.Of(SampleIds.Medium * 100);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = InterruptWhenAsync(() => coverage.Served >= InterruptAfter, interrupt, cancellationToken);
        var first = await GetAsync(SampleIds.Medium, interrupt.Token);
        await watch;
        if (first.Error?.ExitCode != ExitCodes.Interrupted) return first;
        var second = await GetAsync(SampleIds.Medium, cancellationToken);
        screen.Say($"  {ByteSize.Format(coverage.Served)} were served for {ByteSize.Format(sandbox.Catalogue.File(SampleIds.Medium * 100)!.Value.File.Content.Length)}: {ByteSize.Format(coverage.ServedTwice)} twice.");
        return second;
    }

    private async Task InterruptWhenAsync(Func<bool> isDue, CancellationTokenSource interrupt, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5), services.Time);
        var start = services.Time.GetTimestamp();
        while (!isDue() && services.Time.GetElapsedTime(start) < TimeSpan.FromSeconds(30)) await ticks.WaitForNextTickAsync(cancellationToken);
        await interrupt.CancelAsync();
    }

    private Task<GetOutcome> GetAsync(int id, CancellationToken cancellationToken) =>
        _run.GetAsync(new(new Target.ByModel(new(id)), Text(id)), cancellationToken);

    private void Summary(List<GetOutcome> outcomes)
    {
        var placed = outcomes.Select(outcome => outcome.Result).OfType<ItemResult.Placed>().ToArray();
        screen.Say("");
        screen.Say(screen.ErrorInk.Strong($"{placed.Length} files placed, {placed.Count(result => result.File.IsVerified)} of them verified; {outcomes.Count(outcome => outcome.Error is not null)} refused."));
        screen.Say($"They are in  {services.Store.Root}");
        screen.Say("");
        screen.Say("Next, with the real site (a key from https://civitai.com/user/account makes everything reachable that your account may have):");
        screen.Say($"  {Called} login        (asks for the key and stores it; or: export CIVITAI_API_KEY=…)");
        screen.Say($"  {Called} search \"ink wash\" --type LORA");
        screen.Say($"  {Called} get 4201        (a model id, or a page's address)");
        screen.Say($"  rm -r '{Path.GetDirectoryName(services.Home)}'   (what the demo left)");
    }

    private void Station(string what, string command)
    {
        screen.Say("");
        screen.Say(screen.ErrorInk.Strong(what));
        screen.Say(screen.ErrorInk.Faint($"  $ {command}"));
    }

    private static string Text(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
