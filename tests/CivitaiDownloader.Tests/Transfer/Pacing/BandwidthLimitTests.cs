using System.Diagnostics;
using CivitaiDownloader.Transfer.Pacing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Pacing;

public sealed class BandwidthLimitTests
{
    private const long Ki = 1024, Mi = Ki * 1024, Gi = Mi * 1024;
    private const int Buffer = 256 * 1024;
    private const double Window = 5;
    private const double Tolerance = 0.03;

    public static TheoryData<long, int> LimitsAndReaders => new()
    {
        { 10 * Ki, 1 }, { 10 * Ki, 16 }, { 100 * Ki, 3 }, { Mi, 1 }, { Mi, 16 }, { 50 * Mi, 4 }, { Gi, 1 }, { Gi, 16 },
    };

    // Readers of a source that is always ready, in time that is driven: what arrives in any 5 s, from the first moment on, is what was allowed.
    [Theory]
    [MemberData(nameof(LimitsAndReaders))]
    public void Any_5_s_hold_what_is_allowed(long bytesPerSecond, int readers)
    {
        var line = new Line(bytesPerSecond, readers);

        line.Run(TimeSpan.FromSeconds(12));

        line.AssertExact(bytesPerSecond, 0, 12);
    }

    [Theory]
    [MemberData(nameof(LimitsAndReaders))]
    public void Nothing_is_made_up_for_after_an_idle_time(long bytesPerSecond, int readers)
    {
        var line = new Line(bytesPerSecond, readers);
        line.Run(TimeSpan.FromSeconds(1));

        line.Idle(TimeSpan.FromSeconds(60));
        var resumed = line.Now;
        line.Run(TimeSpan.FromSeconds(6));

        line.AssertExact(bytesPerSecond, resumed, line.Now);
    }

    [Theory]
    [InlineData(Mi, 8 * Mi, 4)]
    [InlineData(8 * Mi, Mi, 4)]
    [InlineData(10 * Ki, Gi, 16)]
    [InlineData(Gi, 10 * Ki, 16)]
    public void A_change_holds_from_its_moment_on(long before, long after, int readers)
    {
        var line = new Line(before, readers);
        line.Run(TimeSpan.FromSeconds(3));

        line.Limit.BytesPerSecond = after;
        var changed = line.Now;
        line.Run(TimeSpan.FromSeconds(6));

        line.AssertExact(after, changed + 0.1, line.Now);
    }

    [Fact]
    public async Task Who_waits_for_long_goes_on_soon_after_the_limit_is_lifted()
    {
        var limit = new BandwidthLimit(TimeProvider.System) { BytesPerSecond = 10 };
        var waiting = limit.WaitAsync(1000, TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);

        var since = Stopwatch.GetTimestamp();
        limit.BytesPerSecond = null;
        await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1)); // 50 ms on a machine that is not busy
    }

    [Fact]
    public async Task Who_is_cancelled_waits_no_longer()
    {
        var limit = new BandwidthLimit(TimeProvider.System) { BytesPerSecond = 1 };
        using var stop = new CancellationTokenSource();
        var waiting = limit.WaitAsync(1000, stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_allocated_and_nobody_waits()
    {
        var pace = new TransferPace(new(TimeProvider.System), new(TimeProvider.System));
        await pace.WaitAsync(pace.Step(Buffer), CancellationToken.None); // compiled before it is measured
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var buffer = 0; buffer < 10_000; buffer++) await pace.WaitAsync(pace.Step(Buffer), CancellationToken.None);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(Buffer, pace.Step(Buffer));
    }

    [Fact]
    public void A_limit_of_nothing_or_less_is_none()
    {
        var limit = new BandwidthLimit(TimeProvider.System);

        Assert.Throws<ArgumentOutOfRangeException>(() => limit.BytesPerSecond = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => limit.BytesPerSecond = -1);
    }

    [Theory]
    [InlineData(4 * Mi, Mi)]
    [InlineData(Mi, 4 * Mi)]
    public void The_tighter_of_two_limits_holds(long all, long own)
    {
        var line = new Line(all, 4, own);

        line.Run(TimeSpan.FromSeconds(8));

        line.AssertExact(Math.Min(all, own), 0, 8);
    }

    [Fact]
    public async Task On_threads_and_real_timers_it_is_kept_too()
    {
        const long BytesPerSecond = 20 * Mi;
        var limit = new BandwidthLimit(TimeProvider.System) { BytesPerSecond = BytesPerSecond };
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2.5));
        long arrived = 0;
        var since = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var read = limit.Step(Buffer);
                Interlocked.Add(ref arrived, read);
                await limit.WaitAsync(read, CancellationToken.None);
            }
        })));

        var allowed = BytesPerSecond * Stopwatch.GetElapsedTime(since).TotalSeconds;
        Assert.InRange(arrived, allowed * 0.9, allowed + (BytesPerSecond * 0.1)); // never too much; too little only when the machine is busy
    }

    /// <summary>Readers that take all they may, and what arrived when.</summary>
    private sealed class Line
    {
        private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

        private readonly FakeTimeProvider _time = new();
        private readonly TransferPace _pace;
        private readonly Task[] _waits;
        private readonly List<(double At, long Total)> _arrived = [(0, 0)];
        private long _total;

        public Line(long bytesPerSecond, int readers, long? own = null)
        {
            Limit = new(_time) { BytesPerSecond = bytesPerSecond };
            _pace = new(Limit, own is null ? null : new(_time) { BytesPerSecond = own });
            _waits = [.. Enumerable.Repeat(Task.CompletedTask, readers)];
        }

        public BandwidthLimit Limit { get; }

        public double Now { get; private set; }

        public void Run(TimeSpan duration)
        {
            SynchronizationContext.SetSynchronizationContext(null); // who is woken goes on inside Advance
            for (var end = Now + duration.TotalSeconds; Now < end;)
            {
                for (var reader = 0; reader < _waits.Length; reader++)
                {
                    while (_waits[reader].IsCompleted)
                    {
                        var read = _pace.Step(Buffer);
                        _total += read;
                        _waits[reader] = _pace.WaitAsync(read, CancellationToken.None).AsTask();
                    }
                }

                Pass(Tick);
            }
        }

        public void Idle(TimeSpan duration) => Pass(duration);

        public void AssertExact(double bytesPerSecond, double from, double to)
        {
            var checkedAny = false;
            for (var start = 0; start < _arrived.Count; start++)
            {
                if (_arrived[start].At < from - 1e-9) continue;
                var end = _arrived.FindIndex(start, point => point.At >= _arrived[start].At + Window - 1e-9);
                if (end < 0 || _arrived[end].At > to + 1e-9) break;
                var share = (_arrived[end].Total - _arrived[start].Total) / (bytesPerSecond * (_arrived[end].At - _arrived[start].At));
                Assert.InRange(share, 1 - Tolerance, 1 + Tolerance);
                checkedAny = true;
                start += 20;
            }

            Assert.True(checkedAny);
        }

        private void Pass(TimeSpan time)
        {
            _time.Advance(time);
            Now += time.TotalSeconds;
            _arrived.Add((Now, _total));
        }
    }
}
