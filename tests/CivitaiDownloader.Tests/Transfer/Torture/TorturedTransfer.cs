using System.Diagnostics;
using System.Security.Cryptography;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>What is done to one transfer.</summary>
/// <param name="Courses">What becomes of each connection, by its number.</param>
internal sealed record Ordeal(int Seed, int Connections, long Bytes, Func<int, RelayCourse> Courses)
{
    /// <summary>So many requests at first are answered with 503.</summary>
    public int Overloaded { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>One file of generated content, from an origin through a relay to a verified file.</summary>
internal static class TorturedTransfer
{
    // What the kernels hold between origin, relay and client, for each connection that was ever opened.
    private const long OnTheWayPerConnection = 16 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    /// <summary>Fetches the file and holds it to everything that was promised. Whatever is wrong is said with the ordeal that brought it about.</summary>
    public static async Task<TimeSpan> RunAsync(Ordeal ordeal)
    {
        using var folder = new TemporaryFolder();
        var content = new GeneratedContent((ulong)ordeal.Seed, ordeal.Bytes);
        await using var origin = await RangeOrigin.StartAsync(content, ordeal.Overloaded);
        await using var relay = new Relay(origin.Address, ordeal.Courses, ordeal.Seed);
        using var outbound = TestOutbound.To(relay.Address, set: http => http.AnswerTimeout = TimeSpan.FromSeconds(1), time: ordeal.Time);
        var meter = new TransferMeter(ordeal.Time);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var expected = Sha256Of(content);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Limit);
            var transfer = new FileTransfer(outbound, TortureSettings.Options(ordeal.Connections), ordeal.Time, new Random(ordeal.Seed), NullLogger<FileTransfer>.Instance);
            var request = new TransferRequest(new FixedLink(relay.Address), "file", folder["file.part"]) { Expected = [expected], EstimatedBytes = content.Length };
            using var file = await transfer.RunAsync(request, meter, limit.Token);

            Assert.Equal((content.Length, expected, expected), (file.Bytes, file.Sha256, file.ProvedBy));
            Assert.Equal(expected, Sha256Of(file));
            await UntilCountedAsync(() => origin.Sent.Served >= content.Length, limit.Token); // what has just been sent is counted a moment later
            Assert.InRange(origin.Sent.Served, content.Length, (content.Length * (relay.Lied ? 2 : 1)) + (OnTheWayPerConnection * relay.Log.Count));
        }
        catch (Exception failure) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            var at = meter.Read();
            throw new TorturedException(
                $"seed {ordeal.Seed}, {ordeal.Connections} connections, {ordeal.Bytes} bytes, {ordeal.Overloaded} × 503, {at.Present} of them there after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: "
                + (failure is OperationCanceledException ? "it did not end" : failure.Message) + "\n  " + string.Join("\n  ", relay.Log), failure);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task UntilCountedAsync(Func<bool> isCounted, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isCounted()) await ticks.WaitForNextTickAsync(cancellationToken);
    }

    private static ContentHash Sha256Of(GeneratedContent content) => Sha256Of(content.Length, content.Fill);

    private static ContentHash Sha256Of(StagedFile file) => Sha256Of(file.Bytes, (at, bytes) =>
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file.Handle, bytes, at);
            Assert.NotEqual(0, read);
            at += read;
            bytes = bytes[read..];
        }
    });

    private static ContentHash Sha256Of(long length, Fill fill)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (long at = 0; at < length; at += buffer.Length)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at));
            fill(at, bytes);
            digest.AppendData(bytes);
        }

        return ContentHash.Sha256(digest.GetHashAndReset());
    }

    private delegate void Fill(long offset, Span<byte> bytes);
}

/// <summary>What was promised did not hold under torture.</summary>
internal sealed class TorturedException(string message, Exception inner) : Exception(message, inner);
