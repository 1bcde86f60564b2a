namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Bytes a second over the last seconds.</summary>
internal sealed class Speedometer(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly Queue<(long At, long Bytes)> _samples = new();

    public double After(long bytes)
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window) _samples.Dequeue();
        var (since, before) = _samples.Peek();
        var seconds = time.GetElapsedTime(since, now).TotalSeconds;
        return seconds > 0.1 && bytes > before ? (bytes - before) / seconds : 0;
    }
}
