using System.Runtime.InteropServices;
using System.Threading.Channels;
using CivitaiDownloader.Transfer.Journaling;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// Makes written bytes durable behind the writer's back: flushes the file, then appends to the journal what was written before the flush.
/// A writer that gets too far ahead waits here, which bounds what a power cut can cost.
/// </summary>
internal sealed class Checkpoints : IAsyncDisposable
{
    /// <summary>Bytes a writer gathers before it hands in a mark.</summary>
    public const int MarkBytes = 1024 * 1024;

    /// <summary>Marks handed in and not yet in the journal. With the mark in the making and what <see cref="Journal.UnflushedBytes"/> allows at most 8 MiB
    /// of a connection are not yet safe; what the kernels hold between sender and reader comes on top and stays below 16 MiB in all.</summary>
    private const int MaxOpenMarks = 3;

    private readonly PartialFile _file;
    private readonly Journal _journal;
    private readonly SemaphoreSlim _room = new(MaxOpenMarks);
    private readonly Channel<JournalRecord> _marks = Channel.CreateUnbounded<JournalRecord>(new() { SingleReader = true });
    private readonly Task _loop;

    public Checkpoints(PartialFile file, Journal journal)
    {
        (_file, _journal) = (file, journal);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Hands in bytes that are written. Waits while too many are not yet safe.</summary>
    /// <exception cref="TransferException">The disk is full or refuses.</exception>
    public async ValueTask AddAsync(JournalRecord mark)
    {
        await _room.WaitAsync();
        if (!_marks.Writer.TryWrite(mark)) await _loop; // closed by a failure: let it surface here
    }

    /// <summary>Everything handed in is on disk and in the journal when this returns.</summary>
    public async Task FinishAsync()
    {
        _marks.Writer.TryComplete();
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        _marks.Writer.TryComplete();
        await Task.WhenAny(_loop); // its failure, if any, was or will be thrown by AddAsync or FinishAsync
        _room.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<JournalRecord>(MaxOpenMarks);
        try
        {
            while (await _marks.Reader.WaitToReadAsync())
            {
                while (_marks.Reader.TryRead(out var mark)) batch.Add(mark);
                _file.Flush();
                _journal.Append(CollectionsMarshal.AsSpan(batch));
                _room.Release(batch.Count);
                batch.Clear();
            }
        }
        catch (Exception failure)
        {
            _marks.Writer.TryComplete(failure);
            _room.Release(MaxOpenMarks); // nobody waits for room that will not come
            throw;
        }
    }
}
