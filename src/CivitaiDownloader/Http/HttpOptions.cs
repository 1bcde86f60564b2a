using System.ComponentModel.DataAnnotations;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Http;

public sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>The site whose API is asked. Default https://civitai.com. http, and addresses inside a network, only when this itself is one (a stand-in host).</summary>
    [Required]
    public Uri Endpoint { get; set; } = new("https://civitai.com/");

    /// <summary>How long one connection may take to open. Default 15 s.</summary>
    [DurationRange("00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a host may take to begin its answer. Default 60 s.</summary>
    [DurationRange("00:00:01", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often one request is made before its failure is believed. Default 5.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>The first wait between attempts; later ones grow, with jitter. Default 0.25 s.</summary>
    [DurationRange("00:00:00.001", "00:01:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between attempts that a host did not ask for. Default 30 s.</summary>
    [DurationRange("00:00:00.001", "00:10:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait a host may ask for with Retry-After; beyond it the answer is reported instead. Default 2 min.</summary>
    [DurationRange("00:00:00", "01:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Connections to one host at a time, all files together. Default 16.</summary>
    [Range(1, 256)]
    public int MaxConnectionsPerHost { get; set; } = 16;

    /// <summary>How long an answer of the API is good without asking again. Default 15 min; zero switches the cache off.</summary>
    [DurationRange("00:00:00", "30.00:00:00")]
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The largest answer of the API that is read, decoded, in bytes. Default 64 MiB.</summary>
    [Range(1024, 1024L * 1024 * 1024)]
    public long MaxApiAnswerBytes { get; set; } = 64 * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;

internal sealed class HttpOptionsRules : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        if (options.Endpoint is null) return ValidateOptionsResult.Success; // [Required] has said so
        if (!options.Endpoint.IsAbsoluteUri || options.Endpoint.Scheme is not ("https" or "http"))
            return ValidateOptionsResult.Fail($"Http:Endpoint ('{options.Endpoint}') must be an https address such as https://civitai.com.");
        if (options.Endpoint.UserInfo.Length > 0 || options.Endpoint.Query.Length > 0)
            return ValidateOptionsResult.Fail("Http:Endpoint must hold neither user name, password nor query: the key goes into CIVITAI_API_KEY.");
        return options.Endpoint.Scheme == "https" || AddressPolicy.IsInside(options.Endpoint)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Http:Endpoint ('{options.Endpoint}') must be https: http is for loopback and private addresses only.");
    }
}
