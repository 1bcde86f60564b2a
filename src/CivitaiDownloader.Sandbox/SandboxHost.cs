using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CivitaiDownloader.Sandbox.Api;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace CivitaiDownloader.Sandbox;

/// <summary>
/// A working Civitai-compatible host on this machine: an API host, a storage host and an image host at three origins, a catalogue of sample models,
/// faults on demand, and a ledger of everything that was served. Safe to use from any thread while it runs.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private const int SendBufferBytes = 512 * 1024;

    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, SampleCatalogue catalogue, X509Certificate2? certificate) => (_app, Catalogue, Certificate) = (app, catalogue, certificate);

    /// <summary>The endpoint a client is given.</summary>
    public Uri Api { get; private set; } = null!;

    /// <summary>Where download links lead: another name and port than the API's.</summary>
    public Uri Storage { get; private set; } = null!;

    /// <summary>Where pictures are: <c>[::1]</c>, or <c>127.0.0.1</c> on a machine without IPv6.</summary>
    public Uri Images { get; private set; } = null!;

    public SampleCatalogue Catalogue { get; }

    public FaultBoard Faults { get; } = new();

    public RequestLedger Ledger { get; } = new();

    /// <summary>What a client must be told to trust when <see cref="SandboxOptions.Https"/> is on; else null. Disposed with the host.</summary>
    public X509Certificate2? Certificate { get; }

    /// <exception cref="IOException">A port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var now = options.Time.GetUtcNow();
        var certificate = options.Https ? SandboxCertificate.Make(now, options.PublicName) : null;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = ListenWithSmallBuffer);
        if (options.Https) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => Listen(server, options, certificate));
        var catalogue = CatalogueOf(options);
        var host = new SandboxHost(builder.Build(), catalogue, certificate);
        try
        {
            host._app.Run(host.Compose(options).ServeAsync);
            await host._app.StartAsync(cancellationToken);
            host.ReadAddresses(options.Https ? "https" : "http", options.PublicName);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a host with these options publishes.</summary>
    public static SampleCatalogue CatalogueOf(SandboxOptions options)
    {
        var now = options.Time.GetUtcNow();
        return new([.. CuratedModels.All(now), .. GeneratedModels.All(options.Seed, options.Models, now)]);
    }

    /// <summary>Writes the certificate as PEM, for <c>SSL_CERT_FILE</c>.</summary>
    /// <exception cref="InvalidOperationException">The host does not speak HTTPS.</exception>
    public Task SaveCertificateAsync(string path, CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(path, (Certificate ?? throw new InvalidOperationException("There is no certificate without Https.")).ExportCertificatePem(), cancellationToken);

    /// <summary>Ends at once: answers that are on their way are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        Certificate?.Dispose();
    }

    internal SandboxSite SiteAt(int port) => port == Api.Port ? SandboxSite.Api : port == Storage.Port ? SandboxSite.Storage : SandboxSite.Images;

    private FrontDoor Compose(SandboxOptions options)
    {
        var links = new LinkSigner(() => Storage, options.LinkLifetime, options.Time);
        var writer = new BodyWriter(Faults, Ledger, options.Time);
        var sites = new Sites(new(Catalogue, options, links, writer, Faults), new(Catalogue, links, Faults, Ledger, writer), new(writer));
        return new(this, sites, options.Time);
    }

    // What the ledger counts as served should have left this host: connections inherit the listener's small send buffer.
    private static Socket ListenWithSmallBuffer(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    }

    private static void Listen(KestrelServerOptions server, SandboxOptions options, X509Certificate2? certificate)
    {
        server.AddServerHeader = false;
        server.ResponseHeaderEncodingSelector = _ => Encoding.UTF8; // names of files come raw (civitai-api 8.7)
        server.Limits.MinResponseDataRate = null; // slow clients are what it is for
        server.Listen(options.ListenOn ?? IPAddress.Loopback, options.Port, Secure);
        server.Listen(options.ListenOn ?? IPAddress.Loopback, options.StoragePort, Secure);
        server.Listen(options.ListenOn ?? ImagesAddress(), options.ImagesPort, Secure);

        void Secure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
        }
    }

    // Containers may know IPv6 and have no address of it.
    private static IPAddress ImagesAddress()
    {
        if (!Socket.OSSupportsIPv6) return IPAddress.Loopback;
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return IPAddress.IPv6Loopback;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }

    private void ReadAddresses(string scheme, string? name)
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToArray();
        Api = Named(0, name ?? addresses[0].Host);
        Storage = Named(1, name ?? "localhost"); // another name than the API's, as on the site
        Images = Named(2, name ?? addresses[2].Host);

        Uri Named(int site, string host) => new($"{scheme}://{host}:{addresses[site].Port}/");
    }
}
