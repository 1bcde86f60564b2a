namespace CivitaiDownloader.Scanning.Content;

/// <summary>What a decoder gives out, counted against the budget: kept in memory while it is small, else in a file that is gone afterwards.</summary>
internal sealed class UnpackedSource : ScanSource
{
    private const int InMemoryBytes = 8 * 1024 * 1024, BufferBytes = 64 * 1024;

    private readonly Stream _kept;

    private UnpackedSource(Stream kept) => (_kept, Length) = (kept, kept.Length);

    public override long Length { get; }

    /// <summary>Unpacks everything.</summary>
    /// <param name="decoded">Read to its end; whatever it throws goes on to the caller.</param>
    /// <param name="seen">Called with every run of bytes, for checksums.</param>
    /// <exception cref="BudgetExceededException">More comes out than the file may become.</exception>
    public static UnpackedSource Unpack(Stream decoded, ScanState state, Action<ReadOnlyMemory<byte>>? seen = null)
    {
        Stream kept = new MemoryStream();
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; (read = decoded.Read(buffer, 0, buffer.Length)) > 0;)
            {
                state.Unpacked(read);
                seen?.Invoke(buffer.AsMemory(0, read));
                if (kept is MemoryStream && kept.Length + read > InMemoryBytes)
                {
                    var file = SpoolFile.Create();
                    kept.Position = 0;
                    kept.CopyTo(file);
                    kept = file;
                }

                kept.Write(buffer, 0, read);
            }

            return new(kept);
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length) return 0;
        _kept.Position = offset;
        return _kept.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _kept.Dispose();
        base.Dispose(disposing);
    }
}
