using CivitaiDownloader.Jobs.Strategies;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Strategies;

/// <summary>What the strategy makes of second after second of measurements.</summary>
public sealed class AdaptiveStrategyTests
{
    private readonly AdaptiveStrategy _strategy = new(firstLarge: 4, mostLarge: 32, mostSmall: 32);
    private JobLanes _lanes;
    private long _fetched, _ended, _retries;
    private int _second;

    public AdaptiveStrategyTests() => Pass(bytes: 0);

    [Fact]
    public void It_begins_with_what_it_is_given_and_as_many_small_files_as_there_may_be() => Assert.Equal(new JobLanes(4, 32), _lanes);

    [Fact]
    public void As_long_as_the_line_carries_more_there_are_more_large_files()
    {
        for (var megabytes = 10; megabytes <= 50; megabytes += 10) Pass(megabytes * 1_000_000);

        Assert.Equal(9, _lanes.Large);
    }

    [Fact]
    public void Where_a_file_more_brings_nothing_there_is_none()
    {
        for (var second = 0; second < 20; second++) Pass(50_000_000);

        Assert.InRange(_lanes.Large, 4, 8);
    }

    [Fact]
    public void Where_more_files_make_it_slower_there_are_fewer()
    {
        Pass(50_000_000);
        Pass(60_000_000);
        var most = _lanes.Large;

        Pass(40_000_000);

        Assert.True(_lanes.Large < most, $"{_lanes.Large} after {most}");
    }

    [Fact]
    public void Requests_that_fail_halve_both_and_both_come_back_when_all_is_well_again()
    {
        Pass(10_000_000, ended: 10, retries: 50);
        Assert.Equal(new JobLanes(2, 16), _lanes);

        for (var second = 0; second < 10; second++) Pass(10_000_000, ended: 10);

        Assert.Equal(32, _lanes.Small);
        Assert.InRange(_lanes.Large, 2, 32);
    }

    [Fact]
    public void A_few_failures_among_many_requests_are_nothing()
    {
        Pass(10_000_000, ended: 100, retries: 2);

        Assert.Equal(32, _lanes.Small);
        Assert.True(_lanes.Large >= 4);
    }

    [Fact]
    public void There_are_never_more_than_there_may_be()
    {
        for (var megabytes = 10L; megabytes < 1000; megabytes += 10) Pass(megabytes * 1_000_000);

        Assert.Equal(new JobLanes(32, 32), _lanes);
    }

    // A second in which all lanes were full.
    private void Pass(long bytes, long ended = 0, long retries = 0)
    {
        (_fetched, _ended, _retries) = (_fetched + bytes, _ended + ended, _retries + retries);
        _lanes = _strategy.Lanes(new(_fetched, _ended, _lanes.Large, _lanes.Small ?? 0, _retries, TimeSpan.FromSeconds(_second++)));
    }
}
