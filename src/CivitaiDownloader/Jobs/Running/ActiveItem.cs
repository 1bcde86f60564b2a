using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>An item this process works on. Its stage and times are written by its own path and read by anybody.</summary>
internal sealed class ActiveItem(ItemClaim claim, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan?[] _times = new TimeSpan?[5];
    private long _enteredAt = time.GetTimestamp();
    private int _stage = (int)ItemStage.Resolving;

    public ItemClaim Claim { get; } = claim;

    public TransferMeter Meter { get; } = new(time);

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whether its claim was lost: what it does is in vain and is not told to the store.</summary>
    public bool IsLost { get; private set; }

    public ItemStage Stage => (ItemStage)Volatile.Read(ref _stage);

    public bool IsSmall => Claim.Item.File.Bytes < TransferRequest.SmallBytes;

    public StageTimes Times
    {
        get
        {
            lock (_times) return new() { Resolving = _times[0], Downloading = _times[1], Verifying = _times[2], Scanning = _times[3], Placing = _times[4] };
        }
    }

    public void Enter(ItemStage stage)
    {
        var now = time.GetTimestamp();
        lock (_times) _times[_stage] = time.GetElapsedTime(_enteredAt, now);
        _enteredAt = now;
        Volatile.Write(ref _stage, (int)stage);
    }

    /// <summary>The last stage is over.</summary>
    public void Leave() => Enter(Stage);

    public void Stop() => _stop.Cancel();

    public void Lose()
    {
        IsLost = true;
        Stop();
    }

    public void Dispose() => _stop.Dispose();
}
