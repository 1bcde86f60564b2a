using CivitaiDownloader.Transfer.Connections;
using CivitaiDownloader.Transfer.Parts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Who is so slow that others would do its part sooner.</summary>
public sealed class StragglersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PartPlan _plan;
    private readonly Part[] _parts;
    private readonly int[] _drops = new int[3];
    private readonly Stragglers _stragglers;

    public StragglersTests()
    {
        _time.Advance(TimeSpan.FromHours(1));
        _plan = new(3L << 30, [new(0, 3L << 30)], new(3), _time);
        _parts = [.. Enumerable.Range(0, 3).Select(_ => _plan.Take(1L << 30)!)];
        for (var i = 0; i < 3; i++)
        {
            var which = i;
            _parts[i].OnDrop(() => _drops[which]++);
        }

        _stragglers = new(_time);
    }

    [Fact]
    public void Below_a_fifth_of_the_median_for_five_seconds_it_is_dropped()
    {
        Pass(4.5, 1_000_000, 1_000_000, 150_000);
        Assert.Equal([0, 0, 0], _drops);

        Pass(2, 1_000_000, 1_000_000, 150_000);
        Assert.Equal([0, 0, 1], _drops);
    }

    [Fact]
    public void A_moment_of_speed_in_between_begins_the_time_anew()
    {
        Pass(4, 1_000_000, 1_000_000, 0);
        Pass(1, 1_000_000, 1_000_000, 900_000);
        Pass(4, 1_000_000, 1_000_000, 0);

        Assert.Equal([0, 0, 0], _drops);
    }

    [Fact]
    public void Slow_ones_among_slow_ones_stay()
    {
        Pass(30, 1_000, 1_200, 900);

        Assert.Equal([0, 0, 0], _drops);
    }

    [Fact]
    public void The_last_one_is_held_against_those_that_are_through()
    {
        Pass(2, 1_000_000, 1_000_000, 100_000);
        foreach (var done in _parts[..2])
        {
            done.Written = done.End;
            _plan.Release(done);
        }

        Pass(6, 0, 0, 100_000);

        Assert.Equal(1, _drops[2]);
    }

    private void Pass(double seconds, params int[] bytesPerSecond)
    {
        for (var passed = 0.0; passed < seconds; passed += 0.5)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            for (var i = 0; i < 3; i++) _parts[i].Receive(bytesPerSecond[i] / 2);
            _stragglers.Look(_plan);
        }
    }
}
