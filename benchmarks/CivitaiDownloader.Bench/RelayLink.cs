using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CivitaiDownloader.Bench;

/// <summary>One direction of a connection: bytes are read as they come, at the line's rate, and sent on when they have been under way long enough.</summary>
internal sealed class RelayLink(Socket from, Socket to, TimeSpan delay)
{
    private const int BufferBytes = 64 << 10;
    private const int MostUnderWay = 256; // buffers: 16 MiB, several times what any scenario's rate and delay hold
    private readonly Channel<Parcel> _underWay = Channel.CreateBounded<Parcel>(new BoundedChannelOptions(MostUnderWay) { SingleReader = true, SingleWriter = true });

    /// <summary>Nothing passes before this instant of <see cref="Stopwatch"/>.</summary>
    public long OpenFrom { get; init; }

    public IReadOnlyList<LineRate> Rates { get; init; } = [];

    /// <summary>Bytes until the line is cut.</summary>
    public long Life { get; init; } = long.MaxValue;

    public bool IsCut { get; private set; }

    /// <summary>Until the sender has no more to send or the life of the line is over.</summary>
    public async Task CarryAsync()
    {
        var delivering = DeliverAsync();
        await CollectAsync();
        _underWay.Writer.Complete();
        await delivering;
    }

    private async Task CollectAsync()
    {
        for (var left = Life; left > 0;)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
            var count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, left)));
            if (count == 0) return;
            foreach (var rate in Rates) await rate.PassAsync(count);
            await _underWay.Writer.WriteAsync(new(buffer, count, Math.Max(Stopwatch.GetTimestamp(), OpenFrom) + (long)(delay.TotalSeconds * Stopwatch.Frequency)));
            left -= count;
        }

        IsCut = true;
    }

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var parcel in _underWay.Reader.ReadAllAsync())
            {
                await LineRate.UntilAsync(parcel.Due);
                for (var sent = 0; sent < parcel.Count;) sent += await to.SendAsync(parcel.Buffer.AsMemory(sent, parcel.Count - sent));
                ArrayPool<byte>.Shared.Return(parcel.Buffer);
            }

            if (!IsCut) to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception)
        {
            _underWay.Writer.TryComplete(); // nobody takes it any more: the collector ends at its next parcel
            throw;
        }
    }

    private readonly record struct Parcel(byte[] Buffer, int Count, long Due);
}
