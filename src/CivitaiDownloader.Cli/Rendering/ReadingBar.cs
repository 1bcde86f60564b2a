using CivitaiDownloader.Library.Hashing;
using Spectre.Console;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>A bar with files, bytes, speed and time left while files are read, on a terminal; nothing elsewhere. It looks at the meter; nobody waits for it.</summary>
internal static class ReadingBar
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(150);

    public static async Task<T> WatchAsync<T>(Task<T> work, HashMeter meter, Screen screen, TimeProvider time, ReadingWords? words = null)
    {
        words ??= new("Reading", "Asking Civitai");
        if (!screen.ShowsProgress) return await work;
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(screen.Error), Ansi = AnsiSupport.Yes, ColorSystem = screen.ErrorInk.IsOn ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors });
        await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn { Base = FileSizeBase.Binary }, new TransferSpeedColumn { Base = FileSizeBase.Binary }, new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(words.Reading, maxValue: 1);
                using var ticks = new PeriodicTimer(Every, time);
                while (!work.IsCompleted)
                {
                    await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
                    Show(bar, meter.Read(), words);
                }
            });
        return await work;
    }

    private static void Show(ProgressTask bar, HashSnapshot read, ReadingWords words)
    {
        bar.MaxValue = Math.Max(1, read.TotalBytes);
        bar.Value = read.Bytes;
        bar.Description = read is { TotalFiles: 0, Recalled: 0 } ? words.Reading : read.Files < read.TotalFiles ? $"{words.Reading} {Quantity.Number(read.Files)} of {Quantity.Number(read.TotalFiles)} files" : words.Afterwards;
    }
}

/// <summary>What the bar says is done.</summary>
/// <param name="Afterwards">When every file was read and the work goes on.</param>
internal sealed record ReadingWords(string Reading, string Afterwards);
