using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Http;

/// <summary>How hosts are asked. What each means its <see cref="SettingAttribute"/> says, for help and reference alike.</summary>
public sealed class HttpOptions
{
    public const string Section = "Http";

    [Setting("The site whose API is asked; http and addresses inside a network only for a host of your own.")]
    [Required]
    public Uri Endpoint { get; set; } = new("https://civitai.com/");

    [Setting("How long one connection may take to open.")]
    [DurationRange("00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    [Setting("How long a host may take to begin its answer.")]
    [DurationRange("00:00:01", "00:10:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    [Setting("How often one request is made before its failure is believed.")]
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 5;

    [Setting("The first wait between attempts; later ones grow, with jitter.")]
    [DurationRange("00:00:00.001", "00:01:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    [Setting("The longest wait between attempts that a host did not ask for.")]
    [DurationRange("00:00:00.001", "00:10:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    [Setting("The longest wait a host may ask for; beyond it the answer is reported instead.")]
    [DurationRange("00:00:00", "01:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(2);

    [Setting("Connections to one host at a time, all files together.")]
    [Range(1, 256)]
    public int MaxConnectionsPerHost { get; set; } = 32;

    [Setting("Requests to one host at a time over the few connections that they share (up to 4), where it speaks HTTP/2: those of the API, and for files below 1 MiB.")]
    [Range(1, 256)]
    public int MaxStreamsPerHost { get; set; } = 48;

    [Setting("How long an answer of the API is good without asking again; zero switches the cache off.")]
    [DurationRange("00:00:00", "30.00:00:00")]
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromMinutes(15);

    [Setting("Whether nothing is asked of any host: what was fetched before is shown whatever its age (--offline).")]
    public bool Offline { get; set; }

    [Setting("The largest answer of the API that is read, in bytes after decoding.")]
    [Range(1024, 1024L * 1024 * 1024)]
    public long MaxApiAnswerBytes { get; set; } = 64 * 1024 * 1024;

    [Setting("A PEM file with certificate authorities to trust besides the system's own, such as that of a proxy which opens TLS.")]
    public string? CertificateAuthority { get; set; }
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;

internal sealed class HttpOptionsRules : IValidateOptions<HttpOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        if (options.Endpoint is null) return ValidateOptionsResult.Success; // [Required] has said so
        if (!options.Endpoint.IsAbsoluteUri || options.Endpoint.Scheme is not ("https" or "http"))
            return ValidateOptionsResult.Fail($"Http:Endpoint{(options.Endpoint is { IsAbsoluteUri: true, Host.Length: > 0 } ? $" ('{Shown(options.Endpoint)}')" : "")} must be an https address such as https://civitai.com."); // NAME:PASSWORD@HOST has a scheme and no host
        if (options.Endpoint.UserInfo.Length > 0 || options.Endpoint.Query.Length > 0)
            return ValidateOptionsResult.Fail("Http:Endpoint must hold neither user name, password nor query: the key goes into CIVITAI_API_KEY.");
        if (options.Endpoint.AbsolutePath != "/" || options.Endpoint.Fragment.Length > 0)
            return ValidateOptionsResult.Fail($"Http:Endpoint ('{Shown(options.Endpoint)}') must be a site without a path, as {options.Endpoint.GetLeftPart(UriPartial.Authority)}: the paths of its API are added to it.");
        if (Unreadable(options.CertificateAuthority) is { } why) return ValidateOptionsResult.Fail(why);
        return options.Endpoint.Scheme == "https" || AddressPolicy.IsInside(options.Endpoint)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Http:Endpoint ('{Shown(options.Endpoint)}') must be https: http is for loopback and private addresses only.");
    }

    private static string Shown(Uri endpoint) => VisibleText.OneLine(new RedactedUri(endpoint).ToString(), 200);

    private static string? Unreadable(string? authorities)
    {
        if (string.IsNullOrEmpty(authorities)) return null;
        try
        {
            CertificateTrust.Read(authorities);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"Http:CertificateAuthority ('{VisibleText.OneLine(authorities)}') cannot be used: {VisibleText.OneLine(refused.Message)}";
        }
    }
}
