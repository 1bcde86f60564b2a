using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Primitives;

public sealed class WaitingLineTests
{
    [Fact]
    public async Task Who_waits_is_let_in_in_the_order_of_coming()
    {
        var line = new WaitingLine(1);
        var inside = await line.EnterAsync(TestContext.Current.CancellationToken);
        var (second, third) = (Enter(line), Enter(line));

        Assert.False(second.IsCompleted || third.IsCompleted);
        inside.Dispose();
        inside.Dispose(); // a place is given back once
        var next = await second;
        Assert.False(third.IsCompleted);
        next.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_limit_that_is_raised_lets_in_who_waits()
    {
        var line = new WaitingLine(1);
        using var inside = await line.EnterAsync(TestContext.Current.CancellationToken);
        var (second, third, fourth) = (Enter(line), Enter(line), Enter(line));

        line.Limit = 3;

        using var one = await second;
        using var other = await third;
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task A_limit_that_is_lowered_puts_nobody_out_and_lets_nobody_in()
    {
        var line = new WaitingLine(2);
        var (one, other) = (await line.EnterAsync(TestContext.Current.CancellationToken), await line.EnterAsync(TestContext.Current.CancellationToken));
        line.Limit = 1;
        var waiting = Enter(line);

        one.Dispose();
        Assert.False(waiting.IsCompleted);
        other.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Who_has_left_the_line_takes_no_place()
    {
        var line = new WaitingLine(1);
        var inside = await line.EnterAsync(TestContext.Current.CancellationToken);
        using var leave = new CancellationTokenSource();
        var left = line.EnterAsync(leave.Token).AsTask();
        var waiting = Enter(line);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        inside.Dispose();

        (await waiting).Dispose();
    }

    private static Task<IDisposable> Enter(WaitingLine line) => line.EnterAsync(TestContext.Current.CancellationToken).AsTask();
}
