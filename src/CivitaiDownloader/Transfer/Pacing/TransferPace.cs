namespace CivitaiDownloader.Transfer.Pacing;

/// <summary>The limit of all transfers and, where it has one, that of this transfer: the tighter one holds. Default: none.</summary>
internal readonly record struct TransferPace(BandwidthLimit? All, BandwidthLimit? Own)
{
    /// <summary>The most bytes to read at once.</summary>
    public int Step(int wanted)
    {
        if (All is not null) wanted = All.Step(wanted);
        return Own is null ? wanted : Own.Step(wanted);
    }

    /// <summary>Counts what was read with both, and returns when both allow more.</summary>
    public ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        if (Own is null) return All is null ? default : All.WaitAsync(bytes, cancellationToken);
        return All is null ? Own.WaitAsync(bytes, cancellationToken) : WaitForBothAsync(All, Own, bytes, cancellationToken);
    }

    // Counted with both before either is waited for: neither may take the other's wait for an idle time.
    private static ValueTask WaitForBothAsync(BandwidthLimit all, BandwidthLimit own, int bytes, CancellationToken cancellationToken)
    {
        var (ofAll, ofOwn) = (all.Count(bytes), own.Count(bytes));
        var first = all.WaitForAsync(ofAll, cancellationToken);
        return first.IsCompletedSuccessfully ? own.WaitForAsync(ofOwn, cancellationToken) : ThenAsync(first, own, ofOwn, cancellationToken);
    }

    private static async ValueTask ThenAsync(ValueTask first, BandwidthLimit second, long count, CancellationToken cancellationToken)
    {
        await first;
        await second.WaitForAsync(count, cancellationToken);
    }
}
