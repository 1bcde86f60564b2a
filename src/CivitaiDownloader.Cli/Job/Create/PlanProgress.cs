using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Planning;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>One line on a terminal while a long plan is made. It is gone before the plan is shown.</summary>
internal static class PlanProgress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    public static async Task<JobPlan> WatchAsync(Task<JobPlan> planning, PlanMeter meter, Screen screen, TimeProvider time)
    {
        if (!screen.ShowsProgress) return await planning;
        var (start, shown) = (time.GetTimestamp(), 0);
        using (var ticks = new PeriodicTimer(Every, time))
        {
            while (!planning.IsCompleted)
            {
                await Task.WhenAny(planning, ticks.WaitForNextTickAsync().AsTask());
                if (planning.IsCompleted || time.GetElapsedTime(start) < Patience) continue;
                var line = DisplayText.Cut($"  looked at {Quantity.Of(meter.Models, "model")}, planned {Quantity.Of(meter.Files, "file")} …", screen.ErrorWidth - 1);
                screen.Error.Write("\r" + line.PadRight(shown));
                screen.Error.Flush();
                shown = line.Length;
            }
        }

        if (shown > 0) screen.Error.Write($"\r{new string(' ', shown)}\r");
        return await planning;
    }
}
