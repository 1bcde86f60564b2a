using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>
/// Ends a decoder that reserves more in one go than it may. RAR's text model can be asked for in the middle of a packed member, with up to 256 MiB, where no header tells
/// beforehand; what was reserved and not yet written to costs nothing, so ending there keeps the promise. Counts what the reading thread reserves.
/// </summary>
internal sealed class AllocationWatch(Stream decoder, ScanState state) : ForwardStream
{
    // Beside a window of the greatest allowed size, its tables and what is read ahead.
    private const long BesideWindow = 16L << 20;

    private readonly long _most = state.Limits.MaxDecoderBytes + BesideWindow;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = decoder.Read(buffer, offset, count);
        var reserved = GC.GetAllocatedBytesForCurrentThread() - before;
        return reserved <= _most ? read : throw new BudgetExceededException(CoreRules.Limit, $"its decoder reserved {reserved} bytes of memory at once, where {_most} are allowed");
    }
}
