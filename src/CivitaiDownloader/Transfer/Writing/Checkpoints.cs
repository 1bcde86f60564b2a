using System.Runtime.InteropServices;
using System.Threading.Channels;
using CivitaiDownloader.Transfer.Journaling;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// Makes written bytes durable behind the writers' backs: flushes the file, then appends to the journal what was written before the flush.
/// A writer that gets too far ahead waits here, which bounds what a power cut can cost and what a slow disk makes gather in memory.
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
    private readonly Channel<(JournalRecord Mark, Line From)> _marks = Channel.CreateUnbounded<(JournalRecord, Line)>(new() { SingleReader = true });
    private readonly List<Line> _lines = []; // guarded by itself
    private readonly Task _loop;

    public Checkpoints(PartialFile file, Journal journal)
    {
        (_file, _journal) = (file, journal);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The way in for one writer, with its own bound.</summary>
    public Line Open()
    {
        var line = new Line(this);
        lock (_lines) _lines.Add(line);
        return line;
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
        lock (_lines) _lines.ForEach(line => line.Dispose());
    }

    private async Task RunAsync()
    {
        var (batch, from) = (new List<JournalRecord>(), new List<Line>());
        try
        {
            while (await _marks.Reader.WaitToReadAsync())
            {
                while (_marks.Reader.TryRead(out var handedIn))
                {
                    batch.Add(handedIn.Mark);
                    from.Add(handedIn.From);
                }

                _file.Flush();
                _journal.Append(CollectionsMarshal.AsSpan(batch));
                foreach (var line in from) line.Settled();
                batch.Clear();
                from.Clear();
            }
        }
        catch (Exception failure)
        {
            _marks.Writer.TryComplete(failure);
            foreach (var line in from) line.Settled(); // nobody waits for room that will not come
            while (_marks.Reader.TryRead(out var handedIn)) handedIn.From.Settled();
            throw;
        }
    }

    /// <summary>One writer's marks.</summary>
    internal sealed class Line(Checkpoints checkpoints) : IDisposable
    {
        private readonly SemaphoreSlim _room = new(MaxOpenMarks);

        /// <summary>Hands in bytes that are written. Waits while too many of this writer's are not yet safe.</summary>
        /// <exception cref="TransferException">The disk is full or refuses.</exception>
        public async ValueTask AddAsync(JournalRecord mark)
        {
            await _room.WaitAsync();
            if (!checkpoints._marks.Writer.TryWrite((mark, this))) await checkpoints._loop; // closed by a failure: let it surface here
        }

        public void Dispose() => _room.Dispose();

        internal void Settled() => _room.Release();
    }
}
