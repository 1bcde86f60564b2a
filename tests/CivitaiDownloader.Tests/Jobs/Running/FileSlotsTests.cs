using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Running;

public sealed class FileSlotsTests
{
    private const long Small = 1000, Large = 1 << 20;

    [Theory]
    [InlineData(4, 16, Large, 4)]
    [InlineData(4, 16, Small, 16)]
    [InlineData(3, 16, Large, 3)]
    [InlineData(64, 16, Large, 64)]
    [InlineData(4, 2, Small, 4)]
    public void So_many_run_at_once(int files, int connections, long bytes, int most)
    {
        var slots = Slots(files, connections);

        var entered = Enumerable.Range(0, most + 5).Select(_ => slots.EnterAsync(bytes, CancellationToken.None)).ToArray();

        Assert.Equal(most, entered.Count(slot => slot.IsCompleted));
    }

    [Fact]
    public void Of_unknown_size_is_not_small() => Assert.True(Slots(1, 16) is var slots && slots.EnterAsync(bytes: null, CancellationToken.None).IsCompleted && !slots.EnterAsync(Small, CancellationToken.None).IsCompleted);

    [Fact]
    public async Task They_begin_in_the_order_of_asking()
    {
        var slots = Slots(2, 4);
        var first = await slots.EnterAsync(Large, CancellationToken.None);
        var second = await slots.EnterAsync(Small, CancellationToken.None);
        var large = slots.EnterAsync(Large, CancellationToken.None);
        var small = slots.EnterAsync(Small, CancellationToken.None);

        Assert.False(large.IsCompleted || small.IsCompleted); // the small one would fit, and the large one would wait for ever behind many such
        second.Dispose();
        await large;
        Assert.False(small.IsCompleted);
        first.Dispose();
        await small;
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_in_nobodys_way()
    {
        var slots = Slots(1, 1);
        var first = await slots.EnterAsync(Large, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var second = slots.EnterAsync(Large, stop.Token);
        var third = slots.EnterAsync(Large, CancellationToken.None);

        await stop.CancelAsync();
        first.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        (await third).Dispose();
        Assert.True(slots.EnterAsync(Large, CancellationToken.None).IsCompleted);
    }

    private static FileSlots Slots(int files, int connections) => new(new() { FilesAtOnce = files }, new() { MaxConnectionsPerHost = connections, MaxStreamsPerHost = connections });
}
