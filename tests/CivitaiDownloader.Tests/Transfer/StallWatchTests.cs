using CivitaiDownloader.Transfer.Sources;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class StallWatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_host_that_is_silent_while_it_is_read_from_has_stalled()
    {
        using var watch = new StallWatch(Limit, _time, CancellationToken.None) { IsReading = true };

        Pass(Limit * 1.2);

        Assert.True(watch.Stalled && watch.Token.IsCancellationRequested);
    }

    [Fact]
    public void Time_spent_waiting_for_the_disk_is_not_the_hosts_silence()
    {
        using var watch = new StallWatch(Limit, _time, CancellationToken.None);
        watch.Count(1);
        watch.IsReading = false;
        Pass(Limit * 10);
        watch.IsReading = true;
        Pass(Limit * 0.8);

        Assert.False(watch.Stalled);
    }

    [Fact]
    public void The_callers_cancel_is_not_a_stall()
    {
        using var caller = new CancellationTokenSource();
        using var watch = new StallWatch(Limit, _time, caller.Token);

        caller.Cancel();

        Assert.True(watch.Token.IsCancellationRequested && !watch.Stalled);
    }

    [Fact]
    public void A_dropped_connection_is_neither_stalled_nor_the_callers()
    {
        using var watch = new StallWatch(Limit, _time, CancellationToken.None);

        watch.Drop();

        Assert.True(watch is { Dropped: true, Stalled: false } && watch.Token.IsCancellationRequested);
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1)) _time.Advance(TimeSpan.FromSeconds(1));
    }
}
