using System.Net;
using System.Net.Sockets;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>One connection through a <see cref="Relay"/>.</summary>
internal sealed class RelayConnection(RelayCourse course, Random random)
{
    private const int StepBytes = 64 * 1024;

    private readonly AnswerBodies _bodies = new();
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private Socket _client = null!;
    private long _passed; // everything that has gone to the client
    private long _body; // of it and of what was lost, bytes of bodies
    private long _lost;
    private bool _hadTrouble;

    public async Task CarryAsync(Socket client, IPEndPoint origin, CancellationToken stop)
    {
        _client = client;
        if (course.Ending == RelayEnding.Refuse)
        {
            Reset();
            return;
        }

        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(origin, stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var up = UpAsync(server, over.Token);
        var down = DownAsync(server, over.Token);
        await Task.WhenAny(up, down);
        await over.CancelAsync();
        await Task.WhenAll(Quiet(up), Quiet(down));
    }

    private static async Task Quiet(Task pump)
    {
        try
        {
            await pump;
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The other side had its reasons.
        }
    }

    private async Task UpAsync(Socket server, CancellationToken over)
    {
        var buffer = new byte[StepBytes];
        for (int read; (read = await _client.ReceiveAsync(buffer, over)) > 0;)
        {
            var late = course.Latency + (course.Jitter * random.NextDouble());
            if (late > TimeSpan.Zero) await Task.Delay(late, over);
            await server.SendAllAsync(buffer.AsMemory(0, read), over);
        }
    }

    private async Task DownAsync(Socket server, CancellationToken over)
    {
        var buffer = new byte[StepBytes];
        for (int read; (read = await server.ReceiveAsync(buffer, over)) > 0;)
        {
            for (var at = 0; at < read;)
            {
                var run = _bodies.Next(buffer.AsSpan(at, read - at));
                if (!await PassAsync(buffer.AsMemory(at, run.Bytes), run, over)) return;
                at += run.Bytes;
            }
        }

        _client.Shutdown(SocketShutdown.Send);
    }

    /// <returns>False when nothing more is to come.</returns>
    private async Task<bool> PassAsync(Memory<byte> bytes, AnswerRun run, CancellationToken over)
    {
        if (run.IsBody) Flip(bytes.Span);
        if (CutOf(bytes.Length, run) is { } cut)
        {
            await SendAsync(bytes[..cut], over);
            await EndAsync(RelayEnding.Close, over);
            return false;
        }

        var before = (int)Math.Clamp(course.After - _passed, 0, bytes.Length);
        await SendAsync(bytes[..before], over);
        if (before == bytes.Length) return true;
        if (!_hadTrouble)
        {
            _hadTrouble = true;
            if (course.Pause > TimeSpan.Zero) await Task.Delay(course.Pause, over);
            if (course.Ending is { } ending)
            {
                await EndAsync(ending, over);
                return false;
            }
        }

        var left = Lose(bytes[before..], run);
        await SendAsync(left[await TrickleAsync(left, over)..], over);
        return true;
    }

    private void Flip(Span<byte> bytes)
    {
        foreach (var flip in course.Flips)
        {
            if (flip >= _body && flip < _body + bytes.Length) bytes[(int)(flip - _body)] ^= 0x10;
        }

        _body += bytes.Length;
    }

    /// <returns>How much of the run still goes through when it is the one to be truncated.</returns>
    private int? CutOf(int bytes, AnswerRun run) =>
        course.TruncatedBytes > 0 && run.IsBody && _passed + bytes > course.After && run.BodyLeft < course.TruncatedBytes && run.BodyLeft + bytes > course.TruncatedBytes
            ? (int)(bytes + run.BodyLeft - course.TruncatedBytes)
            : null;

    private Memory<byte> Lose(Memory<byte> bytes, AnswerRun run)
    {
        if (!run.IsBody || _lost >= course.LostBytes) return bytes;
        var lost = (int)Math.Min(course.LostBytes - _lost, bytes.Length);
        _lost += lost;
        return bytes[lost..];
    }

    /// <returns>How many of the bytes have gone.</returns>
    private async Task<int> TrickleAsync(Memory<byte> bytes, CancellationToken over)
    {
        var gone = 0;
        for (; gone < bytes.Length && _passed - course.After < course.TrickledBytes; gone++)
        {
            await Task.Delay(course.TrickleEvery, over);
            await SendAsync(bytes.Slice(gone, 1), over);
        }

        return gone;
    }

    private async Task SendAsync(Memory<byte> bytes, CancellationToken over)
    {
        while (bytes.Length > 0)
        {
            var step = bytes[..Math.Min(bytes.Length, NextStep())];
            await _client.SendAllAsync(step, over);
            _passed += step.Length;
            bytes = bytes[step.Length..];
            if (course.BytesPerSecond is not { } pace) continue;
            var early = TimeSpan.FromSeconds((double)_passed / pace) - TimeProvider.System.GetElapsedTime(_startedAt);
            if (early > TimeSpan.FromMilliseconds(2)) await Task.Delay(early, over);
        }
    }

    private int NextStep() => course.SliceBytes is { } slice ? random.Next(slice / 2, (slice * 3 / 2) + 1) : StepBytes;

    private async Task EndAsync(RelayEnding ending, CancellationToken over)
    {
        if (ending == RelayEnding.SlowClose) await Task.Delay(course.Wait, over);
        if (ending == RelayEnding.HalfClose) _client.Shutdown(SocketShutdown.Send);
        if (ending is RelayEnding.Silence or RelayEnding.HalfClose) await Task.Delay(Timeout.InfiniteTimeSpan, over); // until the client lets go
        if (ending == RelayEnding.Reset) Reset();
        else _client.Shutdown(SocketShutdown.Both);
    }

    private void Reset()
    {
        _client.LingerState = new(true, 0);
        _client.Dispose();
    }
}
