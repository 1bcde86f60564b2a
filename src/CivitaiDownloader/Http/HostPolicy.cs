using System.Net;
using System.Net.Http;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace CivitaiDownloader.Http;

/// <summary>What one host gets: its places, its circuit breaker, and the retries of a single request (waits with decorrelated jitter; Retry-After first).</summary>
internal sealed class HostPolicy
{
    public HostPolicy(HttpOptions options, TimeProvider time, Random jitter, HttpCounters counters)
    {
        Places = new(options, time);
        Once = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddCircuitBreaker(Breaker()).Build();
        Pipeline = options.MaxAttempts == 1 ? Once
            : new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(Retry(options, time, jitter, counters)).AddPipeline(Once).Build();
    }

    public HostPlaces Places { get; }

    /// <summary>The breaker and the retries.</summary>
    public ResiliencePipeline<HttpResponseMessage> Pipeline { get; }

    /// <summary>The same breaker alone, for who has other ways than to ask again at once.</summary>
    public ResiliencePipeline<HttpResponseMessage> Once { get; }

    /// <summary>Answers that may be better the next time (civitai-api 1.6; 520–524 are Cloudflare's).</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        (int)status is 408 or 429 or 500 or 502 or 503 or 504 or (>= 520 and <= 524);

    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static RetryStrategyOptions<HttpResponseMessage> Retry(HttpOptions options, TimeProvider time, Random jitter, HttpCounters counters) => new()
    {
        MaxRetryAttempts = options.MaxAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.RetryBaseDelay,
        MaxDelay = options.RetryMaxDelay,
        Randomizer = () =>
        {
            lock (jitter) return jitter.NextDouble();
        },
        ShouldHandle = args => ValueTask.FromResult(IsWorthAnother(args.Outcome, options, time)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result is { } answer ? RetryAfter(answer, time) : null),
        OnRetry = args =>
        {
            counters.Retried();
            args.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker() => new()
    {
        FailureRatio = 0.9,
        MinimumThroughput = 20,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(15),
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HttpException { IsTransient: true } || (args.Outcome.Result is { } answer && (int)answer.StatusCode >= 500)),
    };

    private static bool IsWorthAnother(Outcome<HttpResponseMessage> outcome, HttpOptions options, TimeProvider time)
    {
        if (outcome.Exception is { } failure) return failure is HttpException { IsTransient: true };
        if (outcome.Result is { Content: WholeBody.ShortContent }) return true;
        if (outcome.Result is not { } answer || !IsPassing(answer.StatusCode)) return false;
        var wait = RetryAfter(answer, time);
        // A 429 that names no wait is a quota of the site, counted by the day: asking again at once only makes it worse.
        return wait is null ? answer.StatusCode != HttpStatusCode.TooManyRequests : wait <= options.MaxRetryAfter;
    }
}
