using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>
/// Computes the digests of a small file where its bytes are written, on the writer's own thread: a thread of the digest's own would cost more than it spares.
/// What did not come in order is read from the file at the end.
/// </summary>
internal sealed class InLineDigest(PartialFile file, FileDigests digests, BufferPool buffers) : IContentDigest
{
    /// <summary>Files up to this size; SHA-256 of so many bytes takes a millisecond or two.</summary>
    public const long MostBytes = 1 << 20;

    private readonly TaskCompletionSource<IReadOnlyList<ContentHash>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new(); // guards the digests and how far they are: two connections may share the file's end
    private long _position;

    public Task<IReadOnlyList<ContentHash>> Result => _result.Task;

    public bool HasRecordsToCheck => false;

    public Task RecordsChecked => Task.CompletedTask;

    public bool IsFarBehind => false;

    public ValueTask TakeAsync(FilledBuffer buffer)
    {
        lock (_lock)
        {
            if (buffer.Offset == _position)
            {
                digests.Append(buffer.Span);
                _position = buffer.End;
            }
        }

        buffers.Return(buffer);
        return default;
    }

    public void Wrote(long offset) { }

    public Task CatchUpAsync() => Task.CompletedTask;

    public void Complete(long length)
    {
        try
        {
            lock (_lock)
            {
                ReadBack_NeedsLock(length);
                _result.SetResult(digests.Finish());
            }
        }
        catch (Exception failure)
        {
            _result.SetException(failure);
        }
    }

    public void Dispose() { }

    private void ReadBack_NeedsLock(long length)
    {
        if (_position == length) return;
        var back = buffers.Rent();
        try
        {
            while (_position < length)
            {
                var read = file.Read(back.Memory.AsSpan(0, (int)Math.Min(back.Memory.Length, length - _position)), _position);
                if (read == 0) throw new IOException("The partial file is shorter than what was written to it.");
                digests.Append(back.Memory.AsSpan(0, read));
                _position += read;
            }
        }
        finally
        {
            buffers.Return(back);
        }
    }
}
