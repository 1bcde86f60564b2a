namespace CivitaiDownloader.Cli.Memory;

/// <summary>
/// When memory is given back: for one file whenever a stage has ended, which is what keeps its peak low, until its bytes flow over more connections, each of which
/// would hold up the others for some milliseconds; then, and among many files, whose stages end all the time, now and then.
/// </summary>
internal sealed class MemoryEconomy
{
    // The settings, the services, the plan, and the first connections to the API and to the file's host: what they load, later ones find there.
    private const int StagesOfOneFile = 8;

    private const long BetweenOfOneFile = 60, BetweenOfMany = 5_000; // ms

    private int _stages;
    private bool _isRare;
    private long _next;

    public void Rarely() => Volatile.Write(ref _isRare, true);

    public void StageEnded()
    {
        var isRare = Volatile.Read(ref _isRare);
        if (isRare || Interlocked.Increment(ref _stages) > StagesOfOneFile)
        {
            var (now, next) = (Environment.TickCount64, Volatile.Read(ref _next));
            if (now < next || Interlocked.CompareExchange(ref _next, now + (isRare ? BetweenOfMany : BetweenOfOneFile), next) != next) return;
        }

        WorkingSet.GiveBack();
    }
}
