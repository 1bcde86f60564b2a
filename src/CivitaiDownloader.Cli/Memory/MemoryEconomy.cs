namespace CivitaiDownloader.Cli.Memory;

/// <summary>
/// When memory is given back: for one file whenever a stage has ended, which is what keeps its peak low; among many files, whose stages end all the time,
/// now and then.
/// </summary>
internal sealed class MemoryEconomy
{
    private const long BetweenMilliseconds = 5_000;

    private bool _isRare;
    private long _next;

    public void Rarely() => Volatile.Write(ref _isRare, true);

    public void StageEnded()
    {
        if (Volatile.Read(ref _isRare))
        {
            var (now, next) = (Environment.TickCount64, Volatile.Read(ref _next));
            if (now < next || Interlocked.CompareExchange(ref _next, now + BetweenMilliseconds, next) != next) return;
        }

        WorkingSet.GiveBack();
    }
}
