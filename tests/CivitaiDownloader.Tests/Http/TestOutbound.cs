using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace CivitaiDownloader.Tests.Http;

internal static class TestOutbound
{
    /// <summary>As in the program, with short waits.</summary>
    public static Outbound To(Uri endpoint, string? key = null, Action<HttpOptions>? set = null, NameResolver? resolve = null, TimeProvider? time = null)
    {
        var options = Options(endpoint, set);
        var parts = new OutboundParts(time ?? TimeProvider.System, new Random(1), new HttpCounters(), NullLogger<Outbound>.Instance);
        return new(options, key is null ? null : new SecretString(key), resolve is null ? parts : parts with { Resolve = resolve });
    }

    public static HttpOptions Options(Uri endpoint, Action<HttpOptions>? set = null)
    {
        var options = new HttpOptions { Endpoint = endpoint, RetryBaseDelay = TimeSpan.FromMilliseconds(1), RetryMaxDelay = TimeSpan.FromMilliseconds(5) };
        set?.Invoke(options);
        return options;
    }
}
