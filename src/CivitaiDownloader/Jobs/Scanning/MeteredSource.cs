using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>Tells the meter how far a file is: what was read of it, never more than it has; what was passed over counts when it is done.</summary>
internal sealed class MeteredSource(ScanSource source, HashMeter meter) : ScanSource
{
    private long _told;

    public override long Length => source.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        var read = source.Read(offset, destination);
        Tell(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Tell(Length - _told);
        base.Dispose(disposing);
    }

    private void Tell(long bytes)
    {
        bytes = Math.Min(bytes, Length - _told);
        if (bytes <= 0) return;
        _told += bytes;
        meter.Add(bytes);
    }
}
