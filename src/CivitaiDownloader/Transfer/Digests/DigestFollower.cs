using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>
/// Computes the file's digests in order right behind the writers, on a thread of its own: from the buffer in hand where it comes next, from the file
/// (the page cache) where bytes arrived out of order or before this run. The digests are there with the last byte.
/// Writers and the digest thread share the places for buffers in hand, which are filled and taken by exchange, and how far the file is whole.
/// </summary>
internal sealed class DigestFollower : IContentDigest
{
    /// <summary>Buffers that may wait for the digest.</summary>
    public const int MostInHand = 6;

    // A digest that has so much to read back is waited for until it has caught up by a quarter: what it has not seen when the last byte comes is waited for
    // anyway, without the network.
    private const long FarBehind = 128L << 20;

    private readonly PartialFile _file;
    private readonly DigestSource _source;
    private readonly FileDigests _digests;
    private readonly BufferPool _buffers;
    private readonly FilledBuffer?[] _inHand = new FilledBuffer?[MostInHand];
    private readonly AutoResetEvent _work = new(false);
    private readonly TaskCompletionSource<IReadOnlyList<ContentHash>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _checked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly FilledBuffer _back;
    private readonly Lock _waiting = new(); // guards the next three
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _caughtUp;
    private long _closeEnough;
    private readonly Queue<int> _lostAhead = new(); // records before their turn, by number
    private int _nextRecord;
    private int _nextAhead = int.MaxValue; // of the records that are looked at before their turn; none until one was found damaged
    private long _position;
    private long _behind;
    private long _end = -1;
    private int _sleeps;
    private volatile bool _stopped;

    public DigestFollower(PartialFile file, DigestSource source, FileDigests digests, BufferPool buffers)
    {
        (_file, _source, _digests, _buffers, _back) = (file, source, digests, buffers, buffers.Rent());
        _thread = new(Run, 256 * 1024) { IsBackground = true, Name = "digest" };
        _thread.Start();
    }

    public Task<IReadOnlyList<ContentHash>> Result => _result.Task;

    public bool HasRecordsToCheck => _source.Records.Count > 0 && !_checked.Task.IsCompleted;

    public Task RecordsChecked => _checked.Task;

    /// <summary>Bytes hashed.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>
    /// The buffer's bytes are in the file. Its ownership goes over: it is hashed when its turn comes soon, else given back to the pool and read back later.
    /// A writer whose bytes come next waits here when too many are in hand already: to read them back would cost more.
    /// </summary>
    public ValueTask TakeAsync(FilledBuffer buffer)
    {
        var ahead = buffer.Offset - Volatile.Read(ref _position);
        var isNext = ahead >= 0 && ahead <= (long)MostInHand * _buffers.BufferBytes;
        if (isNext && TryTake(buffer)) return default;
        if (isNext) return WaitAndTakeAsync(buffer);
        _buffers.Return(buffer);
        return default;
    }

    public void Wrote(long offset)
    {
        Interlocked.MemoryBarrier(); // the writer's last store, then the look at whether the digest sleeps; the digest does the reverse
        if (Volatile.Read(ref _sleeps) == 1 && offset <= Volatile.Read(ref _position)) _work.Set();
    }

    public bool IsFarBehind => Volatile.Read(ref _behind) > FarBehind && _source.Records.Count == 0;

    public Task CatchUpAsync()
    {
        lock (_waiting)
        {
            if (!IsFarBehind || Volatile.Read(ref _sleeps) == 1 || _result.Task.IsCompleted) return Task.CompletedTask;
            if (_caughtUp is null) _closeEnough = Position + (FarBehind / 4);
            return (_caughtUp ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Complete(long length)
    {
        Volatile.Write(ref _end, length);
        _work.Set();
    }

    public void Dispose()
    {
        _stopped = true;
        _work.Set();
        _thread.Join();
        _work.Dispose();
        _buffers.Return(_back);
        for (var i = 0; i < MostInHand; i++)
        {
            if (Interlocked.Exchange(ref _inHand[i], null) is { } buffer) _buffers.Return(buffer);
        }
    }

    private bool TryTake(FilledBuffer buffer)
    {
        for (var i = 0; i < MostInHand; i++)
        {
            if (Volatile.Read(ref _inHand[i]) is null && Interlocked.CompareExchange(ref _inHand[i], buffer, null) is null) return true;
        }

        return false;
    }

    private async ValueTask WaitAndTakeAsync(FilledBuffer buffer)
    {
        while (true)
        {
            Task room;
            lock (_waiting)
            {
                if (TryTake(buffer)) return;
                // A digest that sleeps waits for these very bytes, and what is in hand lies behind them: it reads them from the file.
                if (_stopped || _result.Task.IsCompleted || Volatile.Read(ref _sleeps) == 1) break;
                room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room;
        }

        _buffers.Return(buffer);
    }

    private void Run()
    {
        try
        {
            while (!_stopped && Volatile.Read(ref _end) != _position)
            {
                if (!CheckRecord() && !TakeInHand() && !ReadBack()) Sleep();
            }

            if (_stopped && Volatile.Read(ref _end) != _position) _result.TrySetCanceled();
            else _result.SetResult(_digests.Finish());
        }
        catch (Exception failure)
        {
            _result.TrySetException(failure);
            _ = _result.Task.Exception; // observed: the transfer may end for another reason first
        }
        finally
        {
            LetWritersOn();
        }
    }

    // An earlier run's bytes: held against the journal before they count. Read twice, the second time out of the processor's cache: a digest cannot take back.
    private bool CheckRecord()
    {
        while (_nextRecord < _source.Records.Count && _source.Records[_nextRecord].Range.Start < _position) _nextRecord++;
        if (_nextRecord == _source.Records.Count)
        {
            _checked.TrySetResult();
            return false;
        }

        var record = _source.Records[_nextRecord];
        if (record.Range.Start != _position) return false;
        while (_lostAhead.TryPeek(out var lost) && lost < _nextRecord) _lostAhead.Dequeue();
        var isKnownAsLost = _lostAhead.TryPeek(out var next) && next == _nextRecord;
        _nextRecord++;
        if (isKnownAsLost) return true; // it is being fetched, or is here already
        if (DiskCheck.Holds(_file, record, _back.Memory))
        {
            Hash(record.Range);
            return true;
        }

        if (_nextAhead == int.MaxValue) _nextAhead = _nextRecord; // never back: what was found ahead is missing already
        _source.Damaged(record.Range);
        return true;
    }

    // Damage seldom comes alone: while the first is mended the rest is looked for, so that neighbours are fetched together and others at the same time.
    private bool LookAhead()
    {
        _nextAhead = Math.Max(_nextAhead, _nextRecord);
        if (_nextAhead >= _source.Records.Count) return false;
        var record = _source.Records[_nextAhead];
        if (!DiskCheck.Holds(_file, record, _back.Memory))
        {
            _lostAhead.Enqueue(_nextAhead);
            _source.Damaged(record.Range);
        }

        _nextAhead++;
        return true;
    }

    private void Hash(ByteRange range)
    {
        while (_position < range.End && !_stopped) ReadInto(range.End);
    }

    private bool TakeInHand()
    {
        for (var i = 0; i < MostInHand; i++)
        {
            if (Volatile.Read(ref _inHand[i]) is not { } buffer || buffer.Offset > _position) continue;
            if (buffer.Offset == _position)
            {
                _digests.Append(buffer.Span);
                Advance(buffer.Count);
            }

            _buffers.Return(buffer); // first: it is the next one that a writer rents
            Volatile.Write(ref _inHand[i], null);
            if (_room is not null) LetNextIn();
            return true;
        }

        return false;
    }

    private bool ReadBack()
    {
        // The frontier first: whatever was handed over below it is then seen in hand and is not read a second time.
        var end = _source.Frontier();
        for (var i = 0; i < MostInHand; i++)
        {
            if (Volatile.Read(ref _inHand[i]) is { } buffer) end = Math.Min(end, buffer.Offset);
        }

        if (_nextRecord < _source.Records.Count) end = Math.Min(end, _source.Records[_nextRecord].Range.Start);
        Volatile.Write(ref _behind, end - _position);
        if (end <= _position) return false;
        ReadInto(end);
        return true;
    }

    private void ReadInto(long end)
    {
        var read = _file.Read(_back.Memory.AsSpan(0, (int)Math.Min(_back.Memory.Length, end - _position)), _position);
        if (read == 0) throw new IOException("The partial file is shorter than what was written to it.");
        _digests.Append(_back.Memory.AsSpan(0, read));
        Advance(read);
    }

    private void Advance(int bytes)
    {
        Volatile.Write(ref _position, _position + bytes);
        if (_caughtUp is not null && _position >= Volatile.Read(ref _closeEnough)) LetWritersOn();
    }

    private void LetNextIn()
    {
        lock (_waiting)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }

    private void LetWritersOn()
    {
        lock (_waiting)
        {
            _room?.TrySetResult();
            _room = null;
            _caughtUp?.TrySetResult();
            _caughtUp = null;
        }
    }

    private void Sleep()
    {
        Interlocked.Exchange(ref _sleeps, 1);
        LetWritersOn();
        // Once more, now that writers see that it sleeps.
        while (HasNothingToHash() && LookAhead())
        {
        }

        if (HasNothingToHash()) _work.WaitOne();
        Interlocked.Exchange(ref _sleeps, 0);
    }

    private bool HasNothingToHash() => !_stopped && Volatile.Read(ref _end) != _position && _source.Frontier() <= _position && !HasInHand();

    private bool HasInHand()
    {
        for (var i = 0; i < MostInHand; i++)
        {
            if (Volatile.Read(ref _inHand[i]) is { } buffer && buffer.Offset <= _position) return true;
        }

        return false;
    }
}

/// <summary>What a <see cref="DigestFollower"/> follows.</summary>
/// <param name="Records">What an earlier run left, in order and apart: held against its digests before it counts.</param>
/// <param name="Frontier">Every byte before this offset is in the file.</param>
/// <param name="Damaged">Told of a range that the disk no longer holds as it was written; it is to be written again.</param>
internal sealed record DigestSource(IReadOnlyList<JournalRecord> Records, Func<long> Frontier, Action<ByteRange> Damaged);
