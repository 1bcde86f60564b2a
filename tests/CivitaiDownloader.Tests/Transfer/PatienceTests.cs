using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Sources;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>How long is waited between attempts.</summary>
public sealed class PatienceTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(121)]
    [InlineData(86_400)]
    public async Task A_host_that_asks_for_a_long_wait_is_asked_again_after_two_minutes(int seconds)
    {
        var waiting = New().WaitAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(119.9));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_wait_that_is_asked_for_is_kept()
    {
        var waiting = New().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private Patience New() => new(new(), _time, new Random(1), new TransferMeter(_time));
}
