using System.Diagnostics;

namespace CivitaiDownloader.Bench;

/// <summary>Lets bytes through at a rate. What a late timer loses is made up for, what an idle line could have carried is not.</summary>
internal sealed class LineRate(long bytesPerSecond)
{
    private static readonly long MostMadeUpFor = Stopwatch.Frequency / 50;
    private readonly Lock _lock = new();
    private long _free = Stopwatch.GetTimestamp(); // under _lock: when the last byte let through has passed

    public ValueTask PassAsync(int bytes)
    {
        long due;
        lock (_lock) due = _free = Math.Max(_free, Stopwatch.GetTimestamp() - MostMadeUpFor) + (long)(bytes * (double)Stopwatch.Frequency / bytesPerSecond);
        return UntilAsync(due);
    }

    /// <summary>Waits for an instant of <see cref="Stopwatch"/>, to the nearest millisecond.</summary>
    public static ValueTask UntilAsync(long due)
    {
        var wait = Math.Round((due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency);
        return wait < 1 ? ValueTask.CompletedTask : new(Task.Delay((int)wait));
    }
}
