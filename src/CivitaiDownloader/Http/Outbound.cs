using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace CivitaiDownloader.Http;

/// <summary>
/// The one way out. One pooled handler; every address checked by its letters and again when it is connected to; the key only where it may go;
/// redirects followed by hand without it; retries, a breaker and a gate for each host. Safe from any thread.
/// </summary>
public sealed partial class Outbound : IDisposable
{
    /// <summary>Redirects followed for one request (Civitai needs one or two).</summary>
    public const int MaxHops = 5;

    private readonly HttpOptions _options;
    private readonly SecretString? _key;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly ILogger<Outbound> _logger;
    private readonly ProxyRoute _proxies;
    private readonly SharedConnections _connections;
    private readonly Lazy<HttpMessageInvoker> _unpooled;
    private readonly ConcurrentDictionary<string, HostPolicy> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public Outbound(HttpOptions options, SecretString? key, OutboundParts parts)
    {
        (_options, _key, _time, _jitter, _logger) = (options, key, parts.Time, parts.Jitter, parts.Logger);
        Counters = parts.Counters;
        Addresses = new(options.Endpoint);
        _proxies = parts.Proxies;
        _connections = new(() => new(Handler(), disposeHandler: true));
        _unpooled = new(() =>
        {
            var handler = Handler();
            handler.PooledConnectionLifetime = TimeSpan.Zero;
            return new(handler, disposeHandler: true);
        });

        SocketsHttpHandler Handler() => Outbound.Handler(options, parts, new GuardedConnector(Addresses, parts.Proxies, parts.Resolve));
    }

    public AddressPolicy Addresses { get; }

    public HttpCounters Counters { get; }

    public bool HasKey => _key is not null;

    /// <summary>Sends a request and returns when the answer's headers are in. Any status is an answer, after the retries it deserves. The caller disposes it: until then it holds one of the host's places.</summary>
    /// <exception cref="HttpException">No answer: the address is refused, the host cannot be reached, it redirects without end, or offline was asked for.</exception>
    public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        var place = request.Place;
        for (var hops = 0; ; hops++)
        {
            try
            {
                if (_options.Offline) throw HttpErrors.Offline(address);
                Addresses.Check(address);
            }
            catch
            {
                place?.Dispose();
                throw;
            }

            var answer = await SendHopAsync(request, address, place, cancellationToken);
            place = null; // it was the first host's
            if (answer.Location is not { } next || request.Redirects == Redirects.Return) return answer;
            await answer.DisposeAsync();
            if (hops == MaxHops) throw HttpErrors.TooManyRedirects(request.Address, MaxHops);
            LogRedirect(new(address), new(next));
            address = next;
        }
    }

    /// <summary>Waits for one of the connections that the host of <paramref name="address"/> gives at a time, for a request to be made with it.</summary>
    public ValueTask<IDisposable> EnterAsync(Uri address, Sharing sharing, CancellationToken cancellationToken) => HostOf(address).Places.EnterAsync(sharing, cancellationToken);

    /// <summary>Whether small requests to the host of <paramref name="address"/> share connections, as far as is known.</summary>
    internal bool Shares(Uri address) => HostOf(address).Places.Protocol.IsHttp2;

    /// <summary>Closes connections that nobody uses; those in use are closed when their answers have been read. The next request opens new ones.</summary>
    public void CloseIdle() => _connections.Dispose();

    public void Dispose()
    {
        _connections.Dispose();
        if (_unpooled.IsValueCreated) _unpooled.Value.Dispose();
    }

    private HostPolicy HostOf(Uri address) => _hosts.GetOrAdd(address.Authority, _ => new(_options, _time, _jitter, Counters));

    private static SocketsHttpHandler Handler(HttpOptions options, OutboundParts parts, GuardedConnector connector) => new()
    {
        Proxy = parts.Proxies,
        SslOptions = new() { RemoteCertificateValidationCallback = options.CertificateAuthority is { Length: > 0 } file ? CertificateTrust.Read(file).Accept : null },
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = options.ConnectTimeout,
        ConnectCallback = parts.StageEnded is not { } ended ? connector.ConnectAsync : async (context, cancellationToken) =>
        {
            var connected = await connector.ConnectAsync(context, cancellationToken);
            ended();
            return connected;
        },
        PlaintextStreamFilter = parts.StageEnded is null && parts.ConnectionSecured is null ? null : (context, _) =>
        {
            if (context.PlaintextStream is SslStream secured) parts.ConnectionSecured?.Invoke(TlsFacts.Of(secured));
            parts.StageEnded?.Invoke();
            return ValueTask.FromResult(context.PlaintextStream);
        },
        // A small file, and any answer of the API but the largest, comes without waiting for leave to send on.
        InitialHttp2StreamWindowSize = 256 * 1024,
        // Many requests on one connection: one that is dead is found out sooner than each of them by itself.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseDrainSize = 256 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        // Names of files come as raw UTF-8 (civitai-api 8.7).
        ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8,
    };

    private async Task<OutboundAnswer> SendHopAsync(OutboundRequest request, Uri address, IDisposable? place, CancellationToken cancellationToken)
    {
        var host = HostOf(address);
        while (true)
        {
            var slot = place ?? await host.Places.EnterAsync(request.Sharing, cancellationToken);
            place = null;
            try
            {
                var response = await (request.AsksOnce ? host.Once : host.Pipeline).ExecuteAsync(
                    static (state, token) => state.Self.SendOnceAsync(state.request, state.address, state.host, state.mustShare, token),
                    (Self: this, request, address, host, mustShare: slot is HostPlaces.StreamPlace), cancellationToken);
                return new(response, address, slot) { Location = LocationOf(response, address), RetryAfter = HostPolicy.RetryAfter(response, _time), Places = request is { Sharing: Sharing.Any, WholeBodyUpTo: null } ? host.Places : null };
            }
            catch (NotSharedException)
            {
                slot.Dispose(); // and waits for a connection like everybody else
            }
            catch (BrokenCircuitException broken)
            {
                slot.Dispose();
                throw HttpErrors.CircuitOpen(address, broken.RetryAfter);
            }
            catch
            {
                slot.Dispose();
                throw;
            }
        }
    }

    /// <param name="mustShare">The request has no place for a connection: it goes over one that others use, too, or not at all.</param>
    /// <exception cref="NotSharedException">The host does not speak HTTP/2 any more.</exception>
    private async ValueTask<HttpResponseMessage> SendOnceAsync(OutboundRequest request, Uri address, HostPolicy host, bool mustShare, CancellationToken cancellationToken)
    {
        if (mustShare && !host.Places.Protocol.MayBeHttp2) throw new NotSharedException();
        using var message = Message(request, address, host.Places.Protocol);
        if (mustShare) message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.AnswerTimeout);
        try
        {
            Counters.Requested();
            var start = _time.GetTimestamp();
            var response = request.OnNewConnection ? await _unpooled.Value.SendAsync(message, limit.Token)
                : message.Version.Major < 2 ? await _connections.SendAsync(0, message, limit.Token)
                : await SendSharedAsync(message, host.Places, limit.Token);
            LogAnswered(request.Method, new(address), (int)response.StatusCode, (long)_time.GetElapsedTime(start).TotalMilliseconds);
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && _proxies.GetProxy(address) is { } proxy)
            {
                response.Dispose();
                throw HttpErrors.ProxyRefused(proxy, address, 407);
            }

            if (request.Sharing == Sharing.Any) host.Places.Protocol.Answered(response.Version);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) host.Places.Overloaded();
            else host.Places.Answered(request.Sharing);
            if (request.WholeBodyUpTo is not { } most) return response; // how its body goes its answer tells
            response = await WholeBody.ReadAsync(response, address, most, cancellationToken);
            if (request.Sharing == Sharing.Any && message.Version.Major >= 2) host.Places.Protocol.WentThrough();
            return response;
        }
        catch (HttpException broken) when (broken.IsTransient)
        {
            Http2Failure.Of(broken)?.Tell(host.Places); // in the middle of the body
            throw;
        }
        catch (HttpRequestException refused) when (mustShare && IsRefusedHttp2(refused))
        {
            host.Places.Protocol.Refused();
            throw new NotSharedException();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw HttpErrors.TimedOut(address, _options.AnswerTimeout, _proxies.GetProxy(address));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException) // the last where a peer resets between connect and the first look at it
        {
            if (Http2Failure.Of(failure) is { } broken) broken.Tell(host.Places);
            throw Describe(failure, address);
        }
    }

    private async Task<HttpResponseMessage> SendSharedAsync(HttpRequestMessage message, HostPlaces places, CancellationToken cancellationToken)
    {
        var index = places.Shared.Take(places.SharedNeeded);
        try
        {
            var response = await _connections.SendAsync(index, message, cancellationToken);
            places.Shared.Answered(index);
            return response;
        }
        catch
        {
            places.Shared.Failed(index);
            throw;
        }
    }

    // Asked for HTTP/2 alone, a host that has it no more ends the handshake (RFC 7301, section 3.2); if that was for another reason, the request that follows tells it.
    private static bool IsRefusedHttp2(HttpRequestException failure) =>
        failure is { HttpRequestError: HttpRequestError.VersionNegotiationError } or { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException };

    private HttpRequestMessage Message(OutboundRequest request, Uri address, HostProtocol protocol)
    {
        var message = new HttpRequestMessage(request.Method, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (request.Sharing == Sharing.Any && protocol.MayBeHttp2) (message.Version, message.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        var headers = message.Headers;
        headers.TryAddWithoutValidation("User-Agent", Product.UserAgent);
        headers.TryAddWithoutValidation("Accept-Encoding", request.Encodings);
        if (request.Range is { } range) headers.Range = range.ToHeader();
        if (request is { Range: not null, IfRange: { } tag }) headers.TryAddWithoutValidation("If-Range", tag);
        if (request.IfNoneMatch is { } known) headers.TryAddWithoutValidation("If-None-Match", known);
        if (request.JsonBody is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        if (_key is not null && request.SignIn == SignIn.WhenAllowed && AddressPolicy.SameOrigin(address, request.Address) && Addresses.MaySignIn(address))
            headers.TryAddWithoutValidation("Authorization", "Bearer " + _key.Reveal());
        return message;
    }

    private Uri? LocationOf(HttpResponseMessage response, Uri address)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return null;
        if (!response.Headers.TryGetValues("Location", out var values)) return null;
        try
        {
            return Addresses.Resolve(address, values.First());
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private HttpException Describe(Exception failure, Uri address)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpException told) return told;
        }

        if (_proxies.GetProxy(address) is { } proxy)
        {
            if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } tunnel) return HttpErrors.ProxyRefused(proxy, address, (int?)tunnel.StatusCode);
            if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }) return HttpErrors.ProxyUnreachable(proxy, address, failure);
        }

        // The handler's own limit on connecting ends as a cancelled operation.
        if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: OperationCanceledException or TimeoutException }) return HttpErrors.TimedOut(address, _options.ConnectTimeout);
        return failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: not (IOException or SocketException) } // those are cuts in the handshake
            ? HttpErrors.TlsFailed(address, failure)
            : HttpErrors.Unreachable(address, failure);
    }
}

/// <summary>A request was to share a connection, and the host gives each its own now.</summary>
internal sealed class NotSharedException() : Exception("The host does not speak HTTP/2 any more.");

/// <summary>What an <see cref="Outbound"/> is made of besides its settings.</summary>
public sealed record OutboundParts(TimeProvider Time, Random Jitter, HttpCounters Counters, ILogger<Outbound> Logger)
{
    /// <summary>Told when each connection was opened, and again when it is secured; null for nobody.</summary>
    public StageEnded? StageEnded { get; init; }

    /// <summary>Told how each connection was secured; null for nobody.</summary>
    public ConnectionSecured? ConnectionSecured { get; init; }
    public ProxyRoute Proxies { get; init; } = new();

    public NameResolver Resolve { get; init; } = static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
