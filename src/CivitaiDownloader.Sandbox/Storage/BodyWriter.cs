using System.Buffers;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>Part of a file that is on its way.</summary>
internal sealed record FileRun(SampleFile File, SampleContent Content, long Start, long End);

/// <summary>Sends a file's bytes, counts them, and lets go wrong what shall go wrong on the way.</summary>
internal sealed class BodyWriter(FaultBoard faults, RequestLedger ledger, TimeProvider time)
{
    private const int StepBytes = 256 * 1024;

    private readonly Pace _together = new();

    public async Task WriteAsync(HttpContext context, FileRun run, FaultContext faultContext)
    {
        faultContext = faultContext with { AnswerBytes = run.End - run.Start };
        var cut = faults.Take(FaultKind.Cut, faultContext)?.Amount;
        var stall = cut is null ? faults.Take(FaultKind.Stall, faultContext)?.Amount : null;
        var speed = faults.Take(FaultKind.Bandwidth, faultContext)?.Amount;
        var together = faults.Take(FaultKind.TotalBandwidth, faultContext)?.Amount;
        var wrong = faults.Take(FaultKind.WrongBytes, faultContext) is not null;
        var own = new Pace();
        var coverage = ledger.Of(run.File.Id);
        var step = (int)Math.Clamp(Math.Min(speed ?? long.MaxValue, together ?? long.MaxValue) / 20, 1024, StepBytes);
        var stop = run.Start + (cut ?? stall ?? long.MaxValue - run.Start);
        var buffer = ArrayPool<byte>.Shared.Rent(step);
        try
        {
            for (var at = run.Start; at < Math.Min(run.End, stop);)
            {
                var bytes = buffer.AsMemory(0, (int)Math.Min(step, Math.Min(run.End, stop) - at));
                run.Content.Fill(at, bytes.Span);
                if (wrong) Damage(bytes.Span, at);
                await own.WaitAsync(bytes.Length, speed, time, context.RequestAborted);
                await _together.WaitAsync(bytes.Length, together, time, context.RequestAborted);
                // To a client that is gone writes succeed and go nowhere: those bytes were not served.
                if ((await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted)).IsCompleted || context.RequestAborted.IsCancellationRequested) return;
                coverage.Add(at, at + bytes.Length);
                at += bytes.Length;
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (stop < run.End && stall is not null) await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
            // Short of its Content-Length the server closes the connection behind the last byte; without one only an abort shows that more was to come.
            if (stop < run.End && context.Response.ContentLength is null) context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The client hung up.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Damage(Span<byte> bytes, long offset)
    {
        const int every = 1 << 16;
        for (var at = ((offset + every - 1) / every * every) - offset; at < bytes.Length; at += every) bytes[(int)at] ^= 0xFF;
    }

    /// <summary>Spreads bytes over time.</summary>
    private sealed class Pace
    {
        private readonly Lock _lock = new();
        private long _dueAt; // timestamp at which everything so far is paid for; guarded by _lock

        public async ValueTask WaitAsync(int bytes, long? bytesPerSecond, TimeProvider time, CancellationToken cancellationToken)
        {
            if (bytesPerSecond is not > 0) return;
            TimeSpan wait;
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _dueAt = Math.Max(_dueAt, now) + (long)((double)bytes / bytesPerSecond.Value * time.TimestampFrequency);
                wait = time.GetElapsedTime(now, _dueAt);
            }

            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
        }
    }
}
