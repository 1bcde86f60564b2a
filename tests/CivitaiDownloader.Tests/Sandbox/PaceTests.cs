using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>The slow faults, on a clock that the test moves.</summary>
public sealed class PaceTests : SandboxSession
{
    private const int Bytes = 200_000;

    private readonly FakeTimeProvider _time;

    public PaceTests() : this(new FakeTimeProvider())
    {
    }

    private PaceTests(FakeTimeProvider time) : base(new() { Models = 0, Time = time }) => _time = time;

    [Fact]
    public async Task A_delayed_answer_comes_when_its_time_has_come()
    {
        Sandbox.Faults.Add(FaultText.Parse("delay@/api/v1/enums=5000*1"));

        Assert.InRange(await PassedAsync(GetAsync("api/v1/enums")), TimeSpan.FromSeconds(5), TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.Zero, await PassedAsync(GetAsync("api/v1/enums"), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_body_takes_its_length_by_its_speed()
    {
        var link = await LinkAsync(SampleIds.Medium);
        Sandbox.Faults.For(SampleIds.Medium).Add(FaultKind.Bandwidth, amount: 100_000);

        Assert.InRange(await PassedAsync(ReadAsync(link)), TimeSpan.FromSeconds(1.9), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Bodies_that_share_a_speed_take_turns()
    {
        var link = await LinkAsync(SampleIds.Medium);
        Sandbox.Faults.For(SampleIds.Medium).Add(FaultKind.TotalBandwidth, amount: 100_000);

        Assert.InRange(await PassedAsync(Task.WhenAll(ReadAsync(link), ReadAsync(link), ReadAsync(link))), TimeSpan.FromSeconds(5.9), TimeSpan.MaxValue);
    }

    private async Task ReadAsync(Uri link)
    {
        using var answer = await GetAsync(link, ("Range", $"bytes=0-{Bytes - 1}"));
        Assert.Equal(Bytes, (await BytesAsync(answer)).Length);
    }

    /// <summary>How far the clock had to be moved until the task was done: never less than it waited for.</summary>
    private Task<TimeSpan> PassedAsync(Task task) => PassedAsync(task, TimeSpan.FromMilliseconds(20));

    private async Task<TimeSpan> PassedAsync(Task task, TimeSpan step)
    {
        var start = _time.GetUtcNow();
        while (!task.IsCompleted)
        {
            _time.Advance(step);
            await Task.Yield();
        }

        await task;
        return _time.GetUtcNow() - start;
    }
}
