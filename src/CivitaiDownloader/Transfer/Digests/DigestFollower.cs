using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>
/// Computes SHA-256 in order right behind the writer, on a thread of its own: from the buffer in hand where it comes next, from the file
/// (the page cache) where the digest is behind, as after a resume. The digest is there with the last byte.
/// One writer, one digest thread; what they share is the queue (a ring of fixed slots) and the frontier.
/// </summary>
internal sealed class DigestFollower : IDisposable
{
    private const int Buffers = 4;

    private readonly PartialFile _file;
    private readonly IReadOnlyList<JournalRecord> _prefix;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FilledBuffer[] _queue = new FilledBuffer[Buffers];
    private readonly Stack<FilledBuffer> _lent = new(Buffers + 1);
    private readonly SemaphoreSlim _free = new(Buffers, Buffers);
    private readonly SemaphoreSlim _work = new(0);
    private readonly TaskCompletionSource<byte[]> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private readonly byte[] _back = GC.AllocateUninitializedArray<byte>(FilledBuffer.Bytes);
    private FilledBuffer? _spare;
    private long _queued; // entries ever put in; only the writer changes it
    private long _taken;  // entries ever taken out; only the digest thread changes it
    private long _frontier;
    private long _position;
    private long _end = -1;

    /// <param name="prefix">What the journal says is on disk already, from byte 0 without a gap: it is read back and held against its digests.</param>
    public DigestFollower(PartialFile file, IReadOnlyList<JournalRecord> prefix)
    {
        (_file, _prefix) = (file, prefix);
        _frontier = prefix.Count == 0 ? 0 : prefix[^1].Range.End;
        _thread = new(Run) { IsBackground = true, Name = "digest" };
        _thread.Start();
        _work.Release();
    }

    /// <summary>Ends with the SHA-256 of the whole file after <see cref="Complete"/>, or with <see cref="PrefixDamagedException"/> as soon as the disk is found to differ.</summary>
    public Task<byte[]> Result => _result.Task;

    /// <summary>A buffer to fill. Waits for the digest when it is only just behind; when it has a long way to catch up it is not waited for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FilledBuffer> RentAsync(CancellationToken cancellationToken)
    {
        if (!_free.Wait(0, CancellationToken.None))
        {
            if (IsCatchingUp) return _spare ??= new();
            await _free.WaitAsync(cancellationToken);
        }

        lock (_lent) return _lent.TryPop(out var used) ? used : new();
    }

    /// <summary>The buffer's bytes are in the file, and so is everything before them. Ownership goes to the digest.</summary>
    public void Publish(FilledBuffer buffer)
    {
        if (buffer != _spare)
        {
            _queue[_queued % Buffers] = buffer;
            Volatile.Write(ref _queued, _queued + 1);
        }

        Volatile.Write(ref _frontier, buffer.Offset + buffer.Count);
        _work.Release();
    }

    /// <summary>Gives back a buffer nothing came into.</summary>
    public void Return(FilledBuffer buffer)
    {
        if (buffer == _spare) return;
        lock (_lent) _lent.Push(buffer);
        _free.Release();
    }

    /// <summary>Says how long the file is; the digest ends there.</summary>
    public void Complete(long length)
    {
        Volatile.Write(ref _end, length);
        _work.Release();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _sha256.Dispose();
        _free.Dispose();
        _work.Dispose();
    }

    private bool IsCatchingUp => Volatile.Read(ref _frontier) - Volatile.Read(ref _position) > 2L * Buffers * FilledBuffer.Bytes;

    private void Run()
    {
        try
        {
            CheckPrefix();
            while (Volatile.Read(ref _end) != _position)
            {
                if (!TakeQueued() && !ReadBack()) _work.Wait(_stop.Token);
            }

            _result.SetResult(_sha256.GetHashAndReset());
        }
        catch (OperationCanceledException)
        {
            _result.TrySetCanceled();
        }
        catch (Exception failure)
        {
            _result.TrySetException(failure);
            _ = _result.Task.Exception; // observed: the transfer may end for another reason first
        }
    }

    private void CheckPrefix()
    {
        foreach (var record in _prefix)
        {
            var digest = new System.IO.Hashing.XxHash128();
            for (var at = record.Range.Start; at < record.Range.End;)
            {
                _stop.Token.ThrowIfCancellationRequested();
                var read = _file.Read(_back.AsSpan(0, (int)Math.Min(_back.Length, record.Range.End - at)), at);
                if (read == 0) throw new PrefixDamagedException(record.Range);
                digest.Append(_back.AsSpan(0, read));
                _sha256.AppendData(_back, 0, read);
                at += read;
            }

            if (digest.GetCurrentHashAsUInt128() != record.Digest) throw new PrefixDamagedException(record.Range);
            Volatile.Write(ref _position, record.Range.End);
        }
    }

    private bool TakeQueued()
    {
        if (Volatile.Read(ref _queued) == _taken) return false;
        var buffer = _queue[_taken % Buffers];
        if (buffer.Offset != _position) return false;
        _taken++;
        _sha256.AppendData(buffer.Span);
        Volatile.Write(ref _position, _position + buffer.Count);
        Return(buffer);
        return true;
    }

    private long HeadOfQueue() => Volatile.Read(ref _queued) == _taken ? long.MaxValue : _queue[_taken % Buffers].Offset;

    private bool ReadBack()
    {
        // The frontier first: whatever was queued below it is then seen in the queue and is not read a second time.
        var frontier = Volatile.Read(ref _frontier);
        var end = Math.Min(frontier, HeadOfQueue());
        if (end <= _position) return false;
        _stop.Token.ThrowIfCancellationRequested();
        var read = _file.Read(_back.AsSpan(0, (int)Math.Min(_back.Length, end - _position)), _position);
        if (read == 0) throw new IOException("The partial file is shorter than what was written to it.");
        _sha256.AppendData(_back, 0, read);
        Volatile.Write(ref _position, _position + read);
        return true;
    }
}

/// <summary>Bytes that the journal vouches for are not what the disk returns.</summary>
internal sealed class PrefixDamagedException(ByteRange range) : Exception($"The partial file is damaged in {range}.")
{
    public ByteRange Range { get; } = range;
}
