using CivitaiDownloader.Transfer.Digests;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class BufferStockTests
{
    private readonly BufferStock _stock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public void The_next_transfer_has_the_buffers_of_the_one_before(int connections)
    {
        FilledBuffer buffer;
        using (var first = new BufferPool(_stock, connections))
        {
            buffer = first.Rent();
            buffer.Count = 10;
            first.Return(buffer);
        }

        using var second = new BufferPool(_stock, connections);

        Assert.Same(buffer, second.Rent());
        Assert.Equal(0, buffer.Count);
        Assert.NotSame(buffer, second.Rent());
    }

    [Fact]
    public void It_keeps_no_more_than_eight_mebibytes()
    {
        foreach (var size in Enumerable.Range(1, 4)) for (var i = 0; i < 100; i++) _stock.Put(new(size * BufferStock.LeastBytes));

        long kept = 0;
        foreach (var size in Enumerable.Range(1, 4)) while (_stock.Take(size * BufferStock.LeastBytes) is { } buffer) kept += buffer.Memory.Length;

        Assert.InRange(kept, 1, 8 << 20);
    }
}
