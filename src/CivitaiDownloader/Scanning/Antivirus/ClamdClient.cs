using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>Speaks with clamd as clamd(8) has it: one command a connection, ended by a zero byte as its answer is. Safe from any thread.</summary>
/// <param name="silence">How long it may neither take nor say anything.</param>
public sealed class ClamdClient(ClamdAddress address, TimeSpan silence, TimeProvider time)
{
    private const int ChunkBytes = 256 << 10, LengthBytes = 4, MostAnswerBytes = 4096;

    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(10);

    public ClamdAddress Address => address;

    /// <param name="command">A command without data: <c>PING</c>, <c>VERSION</c>.</param>
    /// <returns>Its answer as it came: hostile text.</returns>
    /// <exception cref="ClamdException">There is none.</exception>
    public Task<string> AskAsync(string command, CancellationToken cancellationToken) => TalkAsync(command, source: null, cancellationToken);

    /// <summary>Has the whole of <paramref name="source"/> scanned.</summary>
    /// <exception cref="ClamdException">There is no answer.</exception>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had.</exception>
    public async Task<ClamdAnswer> ScanAsync(ScanSource source, CancellationToken cancellationToken)
    {
        var answer = await TalkAsync("INSTREAM", source, cancellationToken);
        return ClamdAnswer.Read(answer) ?? throw ClamdErrors.Nonsense(address, answer);
    }

    private async Task<string> TalkAsync(string command, ScanSource? source, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(cancellationToken);
        using var quiet = new CancellationTokenSource(silence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellationToken);
        // Listened to from the start: where clamd has had enough it says so in the middle, and closes.
        var answer = AnswerAsync(socket, stop.Token);
        try
        {
            var isSent = await SendAsync(new(socket, () => quiet.CancelAfter(silence), stop.Token), command, source, answer);
            var text = await answer ?? throw ClamdErrors.Closed(address);
            return isSent || ClamdAnswer.MayComeEarly(text) ? text : throw ClamdErrors.Nonsense(address, text); // of bytes that it has not seen
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw ClamdErrors.Silent(address, silence);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var isUnix = address.EndPoint is UnixDomainSocketEndPoint;
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var limit = silence < LongestConnect ? silence : LongestConnect;
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(address.EndPoint, either.Token);
            return socket;
        }
        catch (Exception failed)
        {
            socket.Dispose();
            if (failed is SocketException refused) throw ClamdErrors.Unreachable(address, refused.Message, refused);
            if (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested) throw ClamdErrors.Silent(address, limit);
            throw;
        }
    }

    /// <returns>Whether all was sent: false when the answer came, or the connection ended, before that.</returns>
    private static async Task<bool> SendAsync(Line line, string command, ScanSource? source, Task<string?> answer)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LengthBytes + ChunkBytes);
        try
        {
            await line.SendAsync(Encoding.ASCII.GetBytes($"z{command}\0"));
            for (long at = 0; source is not null && at < source.Length;)
            {
                if (answer.IsCompleted) return false;
                line.Token.ThrowIfCancellationRequested();
                var read = source.Read(at, buffer.AsSpan(LengthBytes, ChunkBytes));
                if (read == 0) throw new SourceUnavailableException("the file became shorter while it was read");
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await line.SendAsync(buffer.AsMemory(0, LengthBytes + read));
                at += read;
            }

            if (source is not null) await line.SendAsync(new byte[LengthBytes]);
            return true;
        }
        catch (SocketException)
        {
            return false; // what it said before it closed can be read all the same
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>Null when the connection ended before the answer did.</returns>
    private async Task<string?> AnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostAnswerBytes];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await ReceiveAsync(socket, buffer.AsMemory(length), cancellationToken);
            if (read == 0) return null;
            var end = buffer.AsSpan(length, read).IndexOf((byte)0);
            length += read;
            if (end < 0) continue;
            var text = Encoding.UTF8.GetString(buffer, 0, length - read + end);
            return end == read - 1 ? text : throw ClamdErrors.Nonsense(address, Encoding.UTF8.GetString(buffer, 0, length));
        }

        throw ClamdErrors.Nonsense(address, Encoding.UTF8.GetString(buffer));
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>A connection one sends on; whoever counts silence is told of every byte that was taken.</summary>
    private sealed record Line(Socket Socket, Action Moved, CancellationToken Token)
    {
        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await Socket.SendAsync(bytes, Token)..];
                Moved();
            }
        }
    }
}
