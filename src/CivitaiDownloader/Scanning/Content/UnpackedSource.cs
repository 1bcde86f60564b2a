namespace CivitaiDownloader.Scanning.Content;

/// <summary>What a decoder or a stream gives out, kept in memory while it is small, else in a file that is gone afterwards.</summary>
internal sealed class UnpackedSource : ScanSource
{
    private const int InMemoryBytes = 2 * 1024 * 1024, BufferBytes = 64 * 1024;

    private readonly MemoryStream _memory = new();
    private readonly CancellationToken _cancellationToken; // looked at here too: what was unpacked may be read for long
    private SpoolFile? _file;

    private UnpackedSource(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public override long Length => _file?.Length ?? _memory.Length;

    /// <summary>Unpacks everything, counted against the budget.</summary>
    /// <param name="decoded">Read to its end; whatever it throws goes on to the caller.</param>
    /// <param name="seen">Called with every run of bytes, for checksums.</param>
    /// <exception cref="BudgetExceededException">More comes out than the file may become.</exception>
    /// <exception cref="NoRoomToUnpackException">There is no room for it.</exception>
    public static UnpackedSource Unpack(Stream decoded, ScanState state, Action<ReadOnlyMemory<byte>>? seen = null) => Of(decoded, bytes =>
    {
        state.Unpacked(bytes.Length);
        seen?.Invoke(bytes);
    }, state.CancellationToken);

    /// <summary>Takes everything from a stream that cannot seek.</summary>
    public static UnpackedSource Copy(Stream stream, CancellationToken cancellationToken) => Of(stream, _ => cancellationToken.ThrowIfCancellationRequested(), cancellationToken);

    public override int Read(long offset, Span<byte> destination)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (offset < 0 || offset >= Length) return 0;
        if (_file is null)
        {
            var part = _memory.GetBuffer().AsSpan((int)offset, (int)Math.Min(destination.Length, _memory.Length - offset));
            part.CopyTo(destination);
            return part.Length;
        }

        var read = 0;
        while (read < destination.Length && _file.Read(offset + read, destination[read..]) is > 0 and var count) read += count;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file?.Dispose();
        base.Dispose(disposing);
    }

    private static UnpackedSource Of(Stream stream, Action<ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken)
    {
        var source = new UnpackedSource(cancellationToken);
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                seen(buffer.AsMemory(0, read));
                source.Append(buffer.AsSpan(0, read));
            }

            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_file is null && _memory.Length + bytes.Length > InMemoryBytes)
        {
            _file = new();
            _file.Append(_memory.GetBuffer().AsSpan(0, (int)_memory.Length));
            _memory.SetLength(0);
            _memory.Capacity = 0;
        }

        if (_file is null) _memory.Write(bytes);
        else _file.Append(bytes);
    }
}
