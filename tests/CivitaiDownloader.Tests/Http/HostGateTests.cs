using CivitaiDownloader.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class HostGateTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Overload_halves_the_limit_once_a_burst_and_never_below_one()
    {
        var gate = new HostGate(8, _time);
        var limits = new List<int>();
        for (var burst = 0; burst < 5; burst++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            for (var refusal = 0; refusal < 3; refusal++) gate.Overloaded();
            limits.Add(gate.Limit);
        }

        Assert.Equal([4, 2, 1, 1, 1], limits);
    }

    [Fact]
    public void Good_answers_bring_the_limit_back_one_by_one()
    {
        var gate = new HostGate(4, _time);
        _time.Advance(TimeSpan.FromSeconds(2));
        gate.Overloaded();

        gate.Answered();
        Assert.Equal(2, gate.Limit);
        gate.Answered();
        Assert.Equal(3, gate.Limit);
        for (var i = 0; i < 20; i++) gate.Answered();
        Assert.Equal(4, gate.Limit);
    }

    [Fact]
    public async Task Who_comes_beyond_the_limit_waits_for_a_slot_and_may_leave()
    {
        var gate = new HostGate(1, _time);
        var first = await gate.EnterAsync(TestContext.Current.CancellationToken);
        using var leave = new CancellationTokenSource();
        var second = gate.EnterAsync(leave.Token).AsTask();
        var third = gate.EnterAsync(TestContext.Current.CancellationToken).AsTask();

        Assert.False(second.IsCompleted || third.IsCompleted);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        first.Dispose(); // a slot is given back once
        (await third).Dispose();
        (await gate.EnterAsync(TestContext.Current.CancellationToken)).Dispose();
    }
}
