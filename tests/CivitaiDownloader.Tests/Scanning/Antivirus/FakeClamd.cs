using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Programs;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

/// <summary>A working clamd of one signature, EICAR's, on a socket of its own; what goes wrong the test writes down.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;
    private int _now;

    public FakeClamd(bool overTcp = false)
    {
        _listener = overTcp ? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(overTcp ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(_folder["c"]));
        _listener.Listen();
        Text = overTcp ? $"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}" : $"unix:{_folder["c"]}";
        _accepting = AcceptAsync();
    }

    /// <summary>As the setting has it.</summary>
    public string Text { get; }

    public ClamdAddress Address => ClamdAddress.TryParse(Text, out var address, out var mistake) ? address! : throw new InvalidOperationException(mistake);

    public string Version { get; set; } = "ClamAV 1.4.3/27800/Sat Nov 28 09:27:11 2026";

    /// <summary>What is said of a stream that is no trial of EICAR's text; null closes without a word.</summary>
    public Func<byte[], string?> Answers { get; set; } = bytes => Has(bytes) ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0";

    /// <summary>What is said of EICAR's text alone.</summary>
    public string Trial { get; set; } = "stream: Eicar-Test-Signature FOUND\0";

    /// <summary>After so many bytes of a stream this is said, and the connection closed.</summary>
    public (long Bytes, string Text)? Breaks { get; set; }

    /// <summary>Reads no command and says nothing, and keeps the connection.</summary>
    public bool Hangs { get; set; }

    /// <summary>Waited for before each answer to a stream that is no trial.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public int Connections { get; private set; }

    public int MostAtOnce { get; private set; }

    /// <summary>What was streamed, trials left out.</summary>
    public List<byte[]> Streams { get; } = [];

    public static bool Has(byte[] bytes) => bytes.AsSpan().IndexOf(EicarTest.Mark) >= 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _serving.Add(ServeAsync(await _listener.AcceptAsync(_stop.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        lock (Streams) (Connections, MostAtOnce) = (Connections + 1, Math.Max(MostAtOnce, ++_now));
        var isCounted = true;
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (Hangs) await Task.Delay(Timeout.Infinite, _stop.Token);
            await AnswerAsync(stream, Leave);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // the client has gone
        }
        finally
        {
            Leave();
        }

        void Leave()
        {
            lock (Streams) (_now, isCounted) = (isCounted ? _now - 1 : _now, false);
        }
    }

    private async Task AnswerAsync(NetworkStream stream, Action leave)
    {
        var command = new StringBuilder();
        for (int letter; (letter = stream.ReadByte()) > 0;) command.Append((char)letter);
        var said = command.ToString() switch { "zPING" => "PONG\0", "zVERSION" => Version + "\0", "zINSTREAM" => await StreamAsync(stream), _ => "UNKNOWN COMMAND\0" };
        leave(); // who has the answer may come again before this end knows that it has gone
        if (said is not null) await stream.WriteAsync(Encoding.UTF8.GetBytes(said), _stop.Token);
    }

    private async Task<string?> StreamAsync(NetworkStream stream)
    {
        using var received = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, _stop.Token);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0) break;
            await stream.ReadExactlyAsync(chunk, _stop.Token);
            received.Write(chunk);
            if (Breaks is { } breaks && received.Length >= breaks.Bytes) return breaks.Text;
        }

        var bytes = received.ToArray();
        if (bytes.AsSpan().SequenceEqual(EicarTest.Mark)) return Trial;
        await Hold.WaitAsync(_stop.Token);
        lock (Streams) Streams.Add(bytes);
        return Answers(bytes);
    }
}
