using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox;

/// <summary>The bytes of an answer. <paramref name="Coverage"/> counts them where they are a file's.</summary>
internal sealed record Body(SampleContent Content, long Start, long End, Coverage? Coverage = null);

/// <summary>Sends bodies, counts their bytes, and lets go wrong what shall go wrong on the way.</summary>
internal sealed class BodyWriter(FaultBoard faults, RequestLedger ledger, TimeProvider time)
{
    private const int StepBytes = 256 * 1024;

    private readonly Pace _together = new();

    public async Task WriteAsync(Exchange exchange, Body body)
    {
        var course = Course.Of(faults, exchange.Subject with { BodyBytes = body.End - body.Start }, body);
        try
        {
            await exchange.Response.StartAsync(exchange.Aborted); // from here on its buffers are the connection's own: filled in place, copied nowhere
            if (!await SendAsync(exchange, body, course)) return;
            await EndAsync(exchange, course);
        }
        catch (OperationCanceledException)
        {
            // The client hung up.
        }
    }

    /// <returns>False when nobody is there any more.</returns>
    private async Task<bool> SendAsync(Exchange exchange, Body body, Course course)
    {
        var own = new Pace();
        var output = exchange.Response.BodyWriter;
        if (body.Coverage is not null) exchange.Noted.BodyBeginsAt(body.Start);
        for (var at = body.Start; at < course.End;)
        {
            var bytes = output.GetMemory(course.StepBytes)[..(int)Math.Min(course.StepBytes, course.End - at)];
            body.Content.Fill(at, bytes.Span);
            if (course.IsDamaged) Damage(bytes.Span, at);
            await own.WaitAsync(bytes.Length, course.BytesPerSecond, time, exchange.Aborted);
            await _together.WaitAsync(bytes.Length, course.TotalBytesPerSecond, time, exchange.Aborted);
            output.Advance(bytes.Length);
            // To a client that is gone writes succeed and go nowhere: those bytes were not served.
            if ((await output.FlushAsync(exchange.Aborted)).IsCompleted || exchange.Aborted.IsCancellationRequested) return false;
            ledger.Sent(exchange.Noted, bytes.Length);
            body.Coverage?.Add(at, at + bytes.Length);
            at += bytes.Length;
        }

        return true;
    }

    private async Task EndAsync(Exchange exchange, Course course)
    {
        await exchange.Response.Body.FlushAsync(exchange.Aborted); // the head goes out although no byte follows it
        if (course.Ending == Ending.Stalled) await Task.Delay(Timeout.InfiniteTimeSpan, time, exchange.Aborted);
        // Short of its Content-Length the server closes the connection behind the last byte. Without one an error that nobody catches does that;
        // to abort would take from the client what it has not read yet.
        if (course.Ending == Ending.Cut && exchange.Response.ContentLength is null) throw new BodyCut();
    }

    private static void Damage(Span<byte> bytes, long offset)
    {
        const int every = 1 << 16;
        for (var at = ((offset + every - 1) / every * every) - offset; at < bytes.Length; at += every) bytes[(int)at] ^= 0xFF;
    }

    /// <summary>Tells the server that this answer did not get to its end.</summary>
    private sealed class BodyCut : Exception;

    private enum Ending
    {
        Whole,
        Cut,
        Stalled,
    }

    /// <summary>What the faults make of one body.</summary>
    private sealed record Course(long End, Ending Ending)
    {
        public long? BytesPerSecond { get; private init; }
        public long? TotalBytesPerSecond { get; private init; }
        public bool IsDamaged { get; private init; }

        // A slow body comes in twenty steps a second, not in one gulp.
        public int StepBytes => (int)Math.Clamp(Math.Min(BytesPerSecond ?? long.MaxValue, TotalBytesPerSecond ?? long.MaxValue) / 20, 1024, BodyWriter.StepBytes);

        public static Course Of(FaultBoard faults, FaultRequest request, Body body)
        {
            var cut = faults.Take(FaultKind.Cut, request)?.Amount;
            var stall = cut is null ? faults.Take(FaultKind.Stall, request)?.Amount : null;
            var stop = cut ?? stall;
            return new(Math.Min(body.End, body.Start + (stop ?? long.MaxValue - body.Start)), cut is not null ? Ending.Cut : stall is not null ? Ending.Stalled : Ending.Whole)
            {
                BytesPerSecond = faults.Take(FaultKind.Bandwidth, request)?.Amount,
                TotalBytesPerSecond = faults.Take(FaultKind.TotalBandwidth, request)?.Amount,
                IsDamaged = body.Coverage is not null && faults.Take(FaultKind.WrongBytes, request) is not null,
            };
        }
    }
}
