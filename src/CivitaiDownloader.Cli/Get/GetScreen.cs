using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Get;

/// <summary>What a person sees of a download: the plan before, the outcome after.</summary>
internal sealed class GetScreen(Screen screen, TimeProvider time)
{
    /// <summary>For <c>--dry-run</c>, whose result the plan is.</summary>
    public void PlanAsResult(ItemPlan plan)
    {
        foreach (var (line, isPath) in Lines(plan, screen.Ink))
        {
            if (isPath) screen.Output.WriteLine(line);
            else screen.Print(line);
        }
    }

    public void Plan(ItemPlan plan)
    {
        foreach (var (line, isPath) in Lines(plan, screen.ErrorInk))
        {
            if (isPath) screen.SayWhole(line);
            else screen.Say(line);
        }
    }

    public void Result(ItemPlan plan, ItemResult result, TransferSnapshot transfer)
    {
        var (file, words) = result switch
        {
            ItemResult.Placed placed => (placed.File, "Placed" + Verified(placed.File.IsVerified) + Speed(transfer)),
            ItemResult.Present present => (present.File, "Already there" + Verified(present.File.IsVerified) + "; nothing was fetched"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        screen.Say($"  {screen.ErrorInk.Good("✓")} {words}");
        foreach (var warning in result.Warnings) screen.Warn(warning);
        // The plan above shows where, unless it came to lie elsewhere.
        var isShown = screen.ShowsWhatIsSaid && file.Path == (plan.Present?.Path ?? plan.Placement.Path);
        if (!screen.IsJson && !isShown) screen.Output.WriteLine(VisibleText.OneLine(file.Path, 4096));
    }

    private IEnumerable<(string Line, bool IsPath)> Lines(ItemPlan plan, Ink ink)
    {
        var size = plan.File.EstimatedBytes is { } bytes ? Flow.Together(ByteSize.Format(bytes)) : "size unknown";
        var facts = new[] { plan.File.Format, plan.File.Precision, plan.File.Size }.OfType<string>().Select(DisplayText.Harmless);
        yield return ($"{ink.Strong(DisplayText.Harmless(plan.ModelName))} · {DisplayText.Harmless(plan.Version.Name)} · {plan.DisplayName} · {string.Join(" · ", facts.Prepend(size))}", false);
        if (plan.AlsoIn.Count > 0) yield return ($"  Civitai names this version for the hash; the same file is in {string.Join(", ", plan.AlsoIn.Take(3).Select(other => $"{DisplayText.Harmless(other.Name)} (version {other.Id})"))}", false);
        if (plan.Present is { } present)
        {
            yield return ($"  in the library already: {VisibleText.OneLine(present.Path, 4096)}", true);
            yield break;
        }

        yield return ($"  → {VisibleText.OneLine(plan.Placement.Path, 4096)}", true);
        if (plan.Elsewhere is { } copy) yield return ($"  its bytes are taken from {VisibleText.OneLine(copy.Path, 4096)}", true);
        if (plan.Needed is { } needed && needed < plan.File.EstimatedBytes) yield return ($"  goes on: {ByteSize.Format(needed)} of {size} are missing", false);
        if (plan is { Needed: { } want, Free: { } free } && want > free) yield return (ink.Warn($"  {ByteSize.Format(want)} are needed and {ByteSize.Format(free)} are free"), false);
        if (!plan.CanBeVerified) yield return (ink.Warn("  unverifiable: Civitai names no hash for this file"), false);
        if (plan.EarlyAccess is { } early) yield return (ink.Warn("  early access" + (early.EndsAt is { } end ? $" until {end.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC{In(end)}" : "")), false);
    }

    private string In(DateTimeOffset end) => (end - time.GetUtcNow()).TotalDays is > 1 and var days ? $" ({days:0} days)" : "";

    private static string Verified(bool isVerified) => isVerified ? ", verified" : ", unverifiable (no hash to compare with)";

    private static string Speed(TransferSnapshot transfer) => transfer.Fetched > 0 && transfer.Elapsed > TimeSpan.Zero
        ? $" · {ByteSize.Format(transfer.Fetched)} in {Duration.Short(transfer.Elapsed)} ({ByteSize.Format((long)(transfer.Fetched / transfer.Elapsed.TotalSeconds))}/s)" + (transfer.Resumed > 0 ? $", {ByteSize.Format(transfer.Resumed)} from before" : "")
        : "";
}
