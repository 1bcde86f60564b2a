using System.IO.Hashing;
using System.Runtime.CompilerServices;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Pacing;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// The byte path of one connection: network → buffer → file, the same buffer on to the digest. Nothing is allocated per buffer and the bytes are
/// copied once, into the page cache. Every <see cref="Checkpoints.MarkBytes"/> a mark is handed in for the journal.
/// </summary>
internal sealed class PartWriter(PartialFile file, IContentDigest digest, BufferPool buffers, Checkpoints.Line? marks, TransferMeter meter)
{
    private readonly XxHash128 _markDigest = new();
    private long _markStart;
    private long _markEnd;

    /// <summary>The first bytes of the file, looked at before they are written; may throw to refuse them.</summary>
    public Action<ReadOnlyMemory<byte>>? FirstBytes { get; init; }

    /// <summary>How fast it may read.</summary>
    public TransferPace Pace { get; init; }

    /// <summary>Reads and drops <paramref name="bytes"/>: a source that ignored the range sends again what is there already.</summary>
    public async Task SkipAsync(Stream body, long bytes, StallWatch watch)
    {
        if (bytes == 0) return;
        var sink = buffers.Rent();
        watch.IsReading = true;
        try
        {
            while (bytes > 0)
            {
                var read = await body.ReadAsync(sink.Memory.AsMemory(0, Pace.Step((int)Math.Min(sink.Memory.Length, bytes))), watch.Token);
                if (read == 0) throw new EndOfStreamException("The body ended before the bytes that are missing.");
                bytes -= read;
                watch.Count(read);
                await WaitAsync(read, watch);
            }
        }
        finally
        {
            watch.IsReading = false;
            buffers.Return(sink);
        }
    }

    /// <summary>Copies from <paramref name="body"/> until it ends or the part is whole. What arrived before an exception is written too and counts.</summary>
    public async Task CopyAsync(Stream body, Part part, StallWatch watch)
    {
        BeginMark(part.Written);
        try
        {
            while (await CopyBufferAsync(body, part, watch)) { }
        }
        finally
        {
            await EndMarkAsync();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // once a buffer: nothing is allocated
    private async ValueTask<bool> CopyBufferAsync(Stream body, Part part, StallWatch watch)
    {
        var room = part.Reserve(buffers.BufferBytes);
        if (room == 0) return false;
        var buffer = buffers.Rent();
        buffer.Offset = part.Written;
        var open = true;
        try
        {
            watch.IsReading = true;
            while (buffer.Count < room)
            {
                var read = await body.ReadAsync(buffer.Memory.AsMemory(buffer.Count, Pace.Step(room - buffer.Count)), watch.Token);
                if (read == 0)
                {
                    open = false;
                    break;
                }

                buffer.Count += read;
                watch.Count(read);
                part.Receive(read);
                meter.Add(read);
                await WaitAsync(read, watch);
            }
        }
        finally
        {
            watch.IsReading = false;
            await WriteAsync(buffer, part);
        }

        if (_markEnd - _markStart >= Checkpoints.MarkBytes) await EndMarkAsync();
        if (digest.IsFarBehind) await digest.CatchUpAsync();
        return open;
    }

    // Not the host's silence.
    private ValueTask WaitAsync(int read, StallWatch watch)
    {
        var wait = Pace.WaitAsync(read, watch.Token);
        return wait.IsCompletedSuccessfully ? default : WaitedAsync(wait, watch);
    }

    private static async ValueTask WaitedAsync(ValueTask wait, StallWatch watch)
    {
        watch.IsReading = false;
        await wait;
        watch.IsReading = true;
    }

    private ValueTask WriteAsync(FilledBuffer buffer, Part part)
    {
        if (buffer.Count == 0)
        {
            buffers.Return(buffer);
            return default;
        }

        var (from, to) = (buffer.Offset, buffer.End);
        if (from == 0) FirstBytes?.Invoke(buffer.Memory.AsMemory(0, buffer.Count));
        file.Write(buffer.Span, from);
        _markDigest.Append(buffer.Span);
        _markEnd = to;
        var taken = digest.TakeAsync(buffer); // before it counts as written: else it might be read back from the file before it is seen in hand
        if (!taken.IsCompletedSuccessfully) return WroteAsync(taken, part, from, to);
        Wrote(part, from, to);
        return default;
    }

    private async ValueTask WroteAsync(ValueTask taken, Part part, long from, long to)
    {
        await taken;
        Wrote(part, from, to);
    }

    private void Wrote(Part part, long from, long to)
    {
        part.Written = to;
        digest.Wrote(from);
    }

    private void BeginMark(long at)
    {
        _markStart = _markEnd = at;
        _markDigest.Reset();
    }

    // Never cancelled: bytes whose mark is not handed in are fetched again after a kill. The wait is for the disk and is bounded by what is open.
    private async ValueTask EndMarkAsync()
    {
        if (marks is null || _markEnd == _markStart) return;
        var mark = new JournalRecord(new(_markStart, _markEnd), _markDigest.GetCurrentHashAsUInt128());
        BeginMark(_markEnd);
        await marks.AddAsync(mark);
    }
}
