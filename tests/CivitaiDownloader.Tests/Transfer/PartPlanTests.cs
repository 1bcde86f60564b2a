using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Parts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Whatever connections do, in whatever order: parts never overlap, nothing is left out, and what is there never becomes less.</summary>
public sealed class PartPlanTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Parts_never_overlap_and_leave_no_gap()
    {
        for (var seed = 0; seed < 400; seed++) Play(seed);
    }

    [Fact]
    public async Task Also_when_connections_and_thieves_run_at_once()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            const long total = 40L << 20;
            var written = new int[total >> 12];
            var plan = new PartPlan(total, [new(0, total)], new(6), TimeProvider.System);
            var seeds = seed;
            await Task.WhenAll(Enumerable.Range(0, 6).Select(one => Task.Run(() => Fetch(plan, new Random((seeds * 10) + one), written))));

            Assert.True(plan.IsDone);
            Assert.Equal(total, plan.Frontier);
            Assert.All(written, times => Assert.True(times == 1, $"seed {seeds}: {times} times"));
        }
    }

    [Fact]
    public void The_first_parts_come_from_the_front_and_the_last_are_smaller()
    {
        var plan = new PartPlan(256 << 20, [new(0, 256 << 20)], new(4), _time);
        var sizes = new List<long>();
        for (long at = 0; plan.Take() is { } part; at = part.End)
        {
            Assert.Equal(at, part.Start);
            sizes.Add(part.End - part.Start);
            part.Written = part.End;
            plan.Release(part);
        }

        Assert.Equal(256L << 20, sizes.Sum());
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.True(sizes[0] > 4 * sizes[^1]);
    }

    [Fact]
    public void When_nothing_is_left_half_of_what_takes_longest_is_taken()
    {
        var plan = new PartPlan(20 << 20, [new(0, 20 << 20)], new(2), _time);
        var (slow, fast) = (plan.Take(10 << 20)!, plan.Take(10 << 20)!);
        slow.Reserve(1 << 20);
        slow.Receive(1 << 20);
        fast.Reserve(2 << 20);
        fast.Receive(2 << 20);
        _time.Advance(TimeSpan.FromSeconds(1));

        var taken = plan.Take()!;

        Assert.Equal(new ByteRange((1 << 20) + (9 << 20) / 2, 10 << 20), new(taken.Start, taken.End));
        Assert.Equal(taken.Start, slow.End);
        Assert.Equal(20 << 20, fast.End);
    }

    [Fact]
    public void What_will_be_here_at_once_is_not_shared()
    {
        var plan = new PartPlan(10 << 20, [new(0, 10 << 20)], new(2), _time);
        var only = plan.Take(10 << 20)!;
        only.Reserve(5 << 20);
        only.Receive(5 << 20);
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.False(plan.HasWork);
        Assert.Null(plan.Take());
    }

    [Fact]
    public void A_round_trip_is_worth_a_large_part()
    {
        var rules = new PartRules(8);

        Assert.True(rules.Next(1L << 40, 10e6, TimeSpan.FromMilliseconds(80)) > 2 * rules.Next(1L << 40, 10e6, TimeSpan.FromMilliseconds(1)));
        Assert.InRange(8 * rules.Next(1L << 40, 1e12, TimeSpan.FromSeconds(10)), 1, 128 << 20); // all together what is hashed in a moment
    }

    // Every step a random one of: take, write, fail, forget. Bytes are counted in blocks; each must be written, and by one part at a time.
    private void Play(int seed)
    {
        var random = new Random(seed);
        var total = random.NextInt64(1, 64L << 20);
        var plan = new PartPlan(total, [new(0, total)], new(random.Next(1, 17)), _time);
        var held = new List<Part>();
        var frontier = 0L;
        var forgotten = false;
        for (var step = 0; step < 20_000 && !plan.IsDone; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            switch (random.Next(step > 10_000 ? 3 : 8))
            {
                case 0 or 1 when held.Count < 16 && plan.Take() is { } part:
                    held.Add(part);
                    break;
                case 3 when held.Count > 0: // fails
                    var failed = held[random.Next(held.Count)];
                    held.Remove(failed);
                    plan.Release(failed);
                    break;
                case 4 when !forgotten && plan.Frontier > 1000 && held.Count == 0:
                    plan.Forget(new(0, 1000));
                    (forgotten, frontier) = (true, 0);
                    break;
                default:
                    if (held.Count == 0) break;
                    var one = held[random.Next(held.Count)];
                    var room = one.Reserve(random.Next(1, 4 << 20));
                    one.Receive(room);
                    one.Written += room;
                    if (one.IsWhole)
                    {
                        held.Remove(one);
                        plan.Release(one);
                    }

                    break;
            }

            Assert.True(plan.Frontier >= frontier, $"seed {seed}: the frontier went back");
            frontier = plan.Frontier;
            AssertApart(plan, held, total, seed);
        }

        Assert.True(plan.IsDone, $"seed {seed}: not done");
        Assert.Equal(total, plan.Frontier);
    }

    private static void AssertApart(PartPlan plan, List<Part> held, long total, int seed)
    {
        var sorted = held.OrderBy(part => part.Start).ToArray();
        for (var i = 1; i < sorted.Length; i++) Assert.True(sorted[i].Written >= sorted[i - 1].End, $"seed {seed}: parts overlap");
        Assert.True(sorted.Length == 0 || sorted[^1].End <= total, $"seed {seed}: beyond the end");
        Assert.Equal(held.Count, plan.Running().Length);
    }

    private static void Fetch(PartPlan plan, Random random, int[] written)
    {
        while (!plan.IsDone)
        {
            if (plan.Take() is not { } part)
            {
                Thread.Yield();
                continue;
            }

            for (int room; (room = part.Reserve(PageAligned(random))) > 0;)
            {
                if (random.Next(20) == 0) break; // fails
                part.Receive(room);
                for (var at = part.Written; at < part.Written + room; at += 4096) Interlocked.Increment(ref written[at >> 12]);
                part.Written += room;
                if (random.Next(50) == 0) Thread.Sleep(1);
            }

            plan.Release(part);
        }
    }

    private static int PageAligned(Random random) => random.Next(1, 64) * 4096;
}
