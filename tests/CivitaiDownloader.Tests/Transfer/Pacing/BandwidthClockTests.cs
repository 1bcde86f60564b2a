using CivitaiDownloader.Transfer.Pacing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Pacing;

public sealed class BandwidthClockTests
{
    private const long Mi = 1024 * 1024;

    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 7, 30, 0, TimeSpan.Zero)); // local time is UTC

    [Fact]
    public void The_limit_changes_with_the_hour()
    {
        var limit = new BandwidthLimit(_time);
        using var clock = new BandwidthClock(limit, BandwidthTimetable.Parse("08:00 1M 18:00 2M"), _time);

        Assert.Equal(2 * Mi, limit.BytesPerSecond);
        _time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2 * Mi, limit.BytesPerSecond);
        _time.Advance(TimeSpan.FromMilliseconds(11));
        Assert.Equal(Mi, limit.BytesPerSecond);
        _time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(2 * Mi, limit.BytesPerSecond);
    }

    [Fact]
    public void Another_timetable_applies_at_once()
    {
        var limit = new BandwidthLimit(_time);
        using var clock = new BandwidthClock(limit, BandwidthTimetable.Off, _time);

        Assert.Null(limit.BytesPerSecond);
        clock.Timetable = BandwidthTimetable.Parse("07:00 3M 07:45 off");
        Assert.Equal(3 * Mi, limit.BytesPerSecond);
        _time.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(limit.BytesPerSecond);
    }

    [Fact]
    public void A_clock_that_was_put_forward_is_noticed_within_a_minute()
    {
        var wall = new MovedClock(_time);
        var limit = new BandwidthLimit(wall);
        using var clock = new BandwidthClock(limit, BandwidthTimetable.Parse("08:00 1M 18:00 2M"), wall);

        wall.Moved = TimeSpan.FromHours(3);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Mi, limit.BytesPerSecond);
        wall.Moved = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2 * Mi, limit.BytesPerSecond);
    }

    [Fact]
    public void After_its_end_nothing_changes_any_more()
    {
        var limit = new BandwidthLimit(_time);
        var clock = new BandwidthClock(limit, BandwidthTimetable.Parse("08:00 1M 18:00 2M"), _time);

        clock.Dispose();
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(2 * Mi, limit.BytesPerSecond);
    }

    /// <summary>A machine whose clock is set while timers go on.</summary>
    private sealed class MovedClock(FakeTimeProvider time) : TimeProvider
    {
        public TimeSpan Moved { get; set; }

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Moved;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
    }
}
