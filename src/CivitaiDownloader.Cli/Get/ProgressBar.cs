using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Transfer;
using Spectre.Console;

namespace CivitaiDownloader.Cli.Get;

/// <summary>A bar with bytes, speed and time left, on a terminal; nothing elsewhere. It looks at the meter; the transfer never waits for it.</summary>
internal static class ProgressBar
{
    private const int MostNameCells = 36;
    private const int FewestNameCells = 8;

    // What stands beside the name: the bar and the columns behind it, gaps included. A narrow terminal goes without bar, then without speed.
    private const int BarCells = 41, SpeedCells = 13, OtherCells = 38;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    public static async Task<ItemResult> WatchAsync(Task<ItemResult> work, ItemPlan plan, TransferMeter meter, Screen screen, TimeProvider time)
    {
        if (!screen.ShowsProgress || plan.Present is not null) return await work;
        var room = screen.ErrorWidth - OtherCells;
        var hasBar = room >= BarCells + SpeedCells + FewestNameCells;
        var hasSpeed = room >= SpeedCells + FewestNameCells;
        var nameCells = Math.Clamp(room - (hasBar ? BarCells : 0) - (hasSpeed ? SpeedCells : 0), FewestNameCells, MostNameCells);
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(screen.Error), Ansi = AnsiSupport.Yes, ColorSystem = screen.ErrorInk.IsOn ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors });
        await console.Progress().AutoClear(true)
            .Columns([.. Columns(hasBar, hasSpeed)])
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(DisplayText.Cut(plan.DisplayName, nameCells)), maxValue: Math.Max(1, plan.File.EstimatedBytes ?? 1));
                using var ticks = new PeriodicTimer(Every, time);
                while (!work.IsCompleted)
                {
                    await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
                    Show(bar, meter.Read());
                }
            });
        return await work;
    }

    private static IEnumerable<ProgressColumn> Columns(bool hasBar, bool hasSpeed)
    {
        yield return new TaskDescriptionColumn { Alignment = Justify.Left };
        if (hasBar) yield return new ProgressBarColumn();
        yield return new PercentageColumn();
        yield return new DownloadedColumn { Base = FileSizeBase.Binary };
        if (hasSpeed) yield return new TransferSpeedColumn { Base = FileSizeBase.Binary };
        yield return new RemainingTimeColumn();
    }

    private static void Show(ProgressTask bar, TransferSnapshot transfer)
    {
        bar.IsIndeterminate = transfer.Total is null;
        if (transfer.Total is { } total) bar.MaxValue = Math.Max(1, total);
        bar.Value = transfer.Present;
    }
}
