namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Undoes the delta filter: every byte is told by its difference from the one <paramref name="distance"/> before.</summary>
internal sealed class DeltaStream(Stream input, int distance) : ForwardStream
{
    private readonly byte[] _before = new byte[distance];
    private int _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = input.Read(buffer, offset, count);
        foreach (ref var value in buffer.AsSpan(offset, read))
        {
            value = _before[_at] += value;
            _at = (_at + 1) % distance;
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
