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
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    public static async Task<ItemResult> WatchAsync(Task<ItemResult> work, ItemPlan plan, TransferMeter meter, Screen screen, TimeProvider time)
    {
        if (!screen.ShowsProgress || plan.Present is not null) return await work;
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(screen.Error), Ansi = AnsiSupport.Yes, ColorSystem = screen.ErrorInk.IsOn ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors });
        await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn { Base = FileSizeBase.Binary }, new TransferSpeedColumn { Base = FileSizeBase.Binary }, new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(DisplayText.Cut(plan.DisplayName, MostNameCells)), maxValue: Math.Max(1, plan.File.EstimatedBytes ?? 1));
                using var ticks = new PeriodicTimer(Every, time);
                while (!work.IsCompleted)
                {
                    await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
                    Show(bar, meter.Read());
                }
            });
        return await work;
    }

    private static void Show(ProgressTask bar, TransferSnapshot transfer)
    {
        bar.IsIndeterminate = transfer.Total is null;
        if (transfer.Total is { } total) bar.MaxValue = Math.Max(1, total);
        bar.Value = transfer.Present;
    }
}
