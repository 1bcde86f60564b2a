using System.IO.Hashing;
using System.Runtime.CompilerServices;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// The byte path of one connection: network → buffer → file, the same buffer on to the digest. Nothing is allocated per buffer and the bytes are
/// copied once, into the page cache. Every <see cref="Checkpoints.MarkBytes"/> a mark is handed in for the journal.
/// </summary>
internal sealed class PartWriter(PartialFile file, DigestFollower digest, Checkpoints? checkpoints, TransferMeter meter)
{
    private readonly XxHash128 _markDigest = new();
    private long _markStart;
    private long _markEnd;

    /// <summary>The first bytes of the file, looked at before they are written; may throw to refuse them.</summary>
    public Action<ReadOnlyMemory<byte>>? FirstBytes { get; init; }

    /// <summary>Reads and drops <paramref name="bytes"/>: a source that ignored the range sends again what is there already.</summary>
    public static async Task SkipAsync(Stream body, long bytes, StallWatch watch)
    {
        if (bytes == 0) return;
        var sink = new byte[FilledBuffer.Bytes];
        while (bytes > 0)
        {
            var read = await body.ReadAsync(sink.AsMemory(0, (int)Math.Min(sink.Length, bytes)), watch.Token);
            if (read == 0) throw new EndOfStreamException("The body ended before the bytes that are missing.");
            bytes -= read;
            watch.Count(read);
        }
    }

    /// <summary>Copies from <paramref name="body"/> until it ends or <paramref name="range"/> is full.</summary>
    /// <param name="progress">How far it came; what arrived before an exception is written too and counts.</param>
    public async Task CopyAsync(Stream body, ByteRange range, PartProgress progress, StallWatch watch)
    {
        BeginMark(range.Start);
        progress.Position = range.Start;
        watch.IsReading = false;
        try
        {
            while (progress.Position < range.End && await CopyBufferAsync(body, range.End, progress, watch)) { }
        }
        finally
        {
            await EndMarkAsync();
            watch.IsReading = true;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // once a buffer: nothing is allocated
    private async ValueTask<bool> CopyBufferAsync(Stream body, long end, PartProgress progress, StallWatch watch)
    {
        var buffer = await digest.RentAsync(watch.Token);
        buffer.Offset = progress.Position;
        buffer.Count = 0;
        var room = (int)Math.Min(FilledBuffer.Bytes, end - progress.Position);
        var open = true;
        try
        {
            watch.IsReading = true;
            while (buffer.Count < room)
            {
                var read = await body.ReadAsync(buffer.Memory.AsMemory(buffer.Count, room - buffer.Count), watch.Token);
                if (read == 0)
                {
                    open = false;
                    break;
                }

                buffer.Count += read;
                watch.Count(read);
                meter.Add(read);
            }
        }
        finally
        {
            watch.IsReading = false;
            Write(buffer, progress);
        }

        if (_markEnd - _markStart >= Checkpoints.MarkBytes)
        {
            await EndMarkAsync();
            BeginMark(progress.Position);
        }

        return open;
    }

    private void Write(FilledBuffer buffer, PartProgress progress)
    {
        if (buffer.Count == 0)
        {
            digest.Return(buffer);
            return;
        }

        if (buffer.Offset == 0) FirstBytes?.Invoke(buffer.Memory.AsMemory(0, buffer.Count));
        file.Write(buffer.Span, buffer.Offset);
        _markDigest.Append(buffer.Span);
        _markEnd = progress.Position = buffer.Offset + buffer.Count;
        digest.Publish(buffer);
    }

    private void BeginMark(long at)
    {
        _markStart = _markEnd = at;
        _markDigest.Reset();
    }

    // Never cancelled: a mark that is not handed in leaves a gap, and nothing behind a gap is taken up later. The wait is for the disk and is bounded by what is open.
    private async ValueTask EndMarkAsync()
    {
        if (checkpoints is null || _markEnd == _markStart) return;
        var mark = new JournalRecord(new(_markStart, _markEnd), _markDigest.GetCurrentHashAsUInt128());
        BeginMark(_markEnd);
        await checkpoints.AddAsync(mark);
    }
}

/// <summary>How far a part has come, readable also after the copy has failed.</summary>
internal sealed class PartProgress
{
    public long Position { get; set; }
}
