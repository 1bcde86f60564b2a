using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Bytes that the disk lost, or that were wrong when they came: put right over several connections, whatever happens meanwhile.</summary>
public sealed class RepairTests : IAsyncLifetime
{
    private const int Mebi = 1 << 20;
    private const int Troubles = 12; // more than Http makes up for by itself, and too few for its breaker
    private static readonly GeneratedContent Content = new(20261126, 64 * Mebi);

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<long> _spoilt = [];
    private RangeOrigin _origin = null!;
    private Outbound _outbound = null!;
    private Func<HttpContext, Task<bool>> _instead = static _ => Task.FromResult(false);
    private TransferMeter _meter = new(TimeProvider.System);
    private int _open;
    private int _mostOpen;

    private static ContentHash Expected => TestTransfer.HashOf(Content);

    public async ValueTask InitializeAsync()
    {
        _origin = await RangeOrigin.StartAsync(Content, instead: context => _instead(context));
        _outbound = TestOutbound.To(_origin.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _outbound.Dispose();
        await _origin.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_the_disk_has_lost_in_many_places_is_fetched_at_once_and_neighbours_together()
    {
        (await RunAsync()).Dispose(); // disposed without being placed: it stays with its journal
        int[] places = [3, .. Enumerable.Range(10, 20), 35, 40, 45, 50];
        await DamageAsync(places.Select(mebi => ((long)mebi * Mebi) + 500_000));
        var before = _origin.Requests.Count();
        HoldUntilOpen(3);

        using var file = await RunAsync();

        Assert.Equal(Expected, file.ProvedBy);
        Assert.InRange(_meter.Read().Fetched, places.Length * Mebi / 2, places.Length * 2 * Mebi); // each lies in one record of a MiB or so
        Assert.Equal(Content.Length, _meter.Read().Present); // what was lost is not there any more, and never counts twice
        Assert.InRange(_origin.Requests.Count() - before, 2, places.Length - 1);
        Assert.InRange(_mostOpen, 3, 8);
    }

    [Fact]
    public async Task What_was_wrong_when_it_came_is_looked_for_over_several_connections()
    {
        SpoilOnce(1, 17 * Mebi, 33 * Mebi); // the last sixteen MiB, which are looked at first and alone, are right
        HoldUntilOpen(2, from: Content.Length);

        using var file = await RunAsync();

        Assert.Equal(Expected, file.ProvedBy);
        Assert.InRange(_mostOpen, 2, 8);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("cut before the head")]
    [InlineData("cut in the body")]
    [InlineData("link refused")]
    public async Task Trouble_in_the_middle_of_a_repair_does_not_end_it(string trouble)
    {
        SpoilOnce(1, 40 * Mebi);
        var troubles = 0;
        _instead = async context =>
        {
            if (_origin.Sent.Served < Content.Length || Interlocked.Increment(ref troubles) is 1 or > 1 + Troubles) return false; // the repair has begun
            await MakeAsync(trouble, context);
            return true;
        };

        using var file = await RunAsync();

        Assert.Equal(Expected, file.ProvedBy);
        Assert.InRange(troubles, Troubles + 2, int.MaxValue);
    }

    private static async Task MakeAsync(string trouble, HttpContext context)
    {
        var response = context.Response;
        if (trouble == "busy") response.StatusCode = 503;
        else if (trouble == "link refused") response.StatusCode = 403;
        else if (trouble == "cut before the head") context.Abort();
        else
        {
            var range = context.Request.Headers.Range.ToString()["bytes=".Length..];
            (response.StatusCode, response.Headers.ETag, response.Headers.ContentRange) = (206, RangeOrigin.ETag, $"bytes {range}/{Content.Length}");
            response.ContentLength = 1000; // and not a byte of them comes: the head arrives, then the end
            await response.StartAsync();
        }
    }

    private async Task<StagedFile> RunAsync()
    {
        _meter = new(TimeProvider.System);
        var transfer = TestTransfer.Over(_outbound, options => options.MaxFruitlessAttempts = 100);
        return await transfer.RunAsync(new(new FixedLink(_origin.Address), "file", _folder["file.part"]) { Expected = [Expected] }, _meter, TestContext.Current.CancellationToken);
    }

    private async Task DamageAsync(IEnumerable<long> places)
    {
        await using var disk = new FileStream(_folder["file.part"], FileMode.Open, FileAccess.ReadWrite);
        foreach (var place in places)
        {
            disk.Position = place;
            var there = (byte)disk.ReadByte();
            disk.Position = place;
            disk.WriteByte((byte)~there);
        }
    }

    /// <summary>The bytes at these places are wrong when they are sent for the first time.</summary>
    private void SpoilOnce(params long[] places) => _origin.BeforeSending = (at, bytes) =>
    {
        foreach (var place in places)
        {
            if (place < at || place >= at + bytes.Length) continue;
            lock (_spoilt)
            {
                if (_spoilt.Add(place)) bytes.Span[(int)(place - at)] ^= 0x10;
            }
        }

        return default;
    };

    /// <summary>After the first, which shows that the origin is there, answers wait for each other until so many requests are open at the same time; where that never comes about, for ten seconds.</summary>
    /// <param name="from">Once so many bytes were sent.</param>
    private void HoldUntilOpen(int together, long from = 0)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        _instead = async _ =>
        {
            if (_origin.Sent.Served < from || Interlocked.Increment(ref asked) == 1) return false;
            var open = Interlocked.Increment(ref _open);
            for (var most = _mostOpen; open > most; most = _mostOpen) Interlocked.CompareExchange(ref _mostOpen, open, most);
            if (open >= together) all.TrySetResult();
            await Task.WhenAny(all.Task, Task.Delay(TimeSpan.FromSeconds(10)));
            all.TrySetResult(); // in vain once is enough
            Interlocked.Decrement(ref _open);
            return false;
        };
    }
}
