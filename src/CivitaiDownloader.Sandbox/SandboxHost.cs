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
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace CivitaiDownloader.Sandbox;

/// <summary>
/// A working Civitai-compatible host on this machine: an API host, a storage host and an image host at three origins, a catalogue of sample models,
/// faults on demand, and a ledger of everything that was served.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private const int SendBufferBytes = 512 * 1024;

    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, SampleCatalogue catalogue, X509Certificate2? certificate) => (_app, Catalogue, Certificate) = (app, catalogue, certificate);

    public Uri Api { get; private set; } = null!;

    public Uri Storage { get; private set; } = null!;

    public Uri Images { get; private set; } = null!;

    public SampleCatalogue Catalogue { get; }

    public FaultBoard Faults { get; } = new();

    public RequestLedger Ledger { get; } = new();

    /// <summary>What a client must be told to trust when <see cref="SandboxOptions.Https"/> is on; else null.</summary>
    public X509Certificate2? Certificate { get; }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var now = options.Time.GetUtcNow();
        var certificate = options.Https ? SandboxCertificate.Make(now) : null;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = ListenWithSmallBuffer);
        if (options.Https) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => Listen(server, options.Port, certificate));
        var catalogue = new SampleCatalogue([.. CuratedModels.All(now), .. GeneratedModels.All(options.Seed, options.Models)]);
        var host = new SandboxHost(builder.Build(), catalogue, certificate);
        var links = new LinkSigner(() => host.Storage, options.Time);
        var api = new ApiSite(catalogue, options, links);
        var storage = new StorageSite(catalogue, links, host.Faults, host.Ledger, new(host.Faults, host.Ledger, options.Time));
        var front = new FrontDoor(host, api, storage, options.Time);
        host._app.Run(front.ServeAsync);
        await host._app.StartAsync(cancellationToken);
        host.ReadAddresses(options.Https ? "https" : "http");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        Certificate?.Dispose();
    }

    // What the ledger counts as served should have left this host: connections inherit the listener's small send buffer.
    private static Socket ListenWithSmallBuffer(EndPoint address)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        socket.SendBufferSize = SendBufferBytes;
        return socket;
    }

    private static void Listen(KestrelServerOptions server, int port, X509Certificate2? certificate)
    {
        server.AddServerHeader = false;
        server.ResponseHeaderEncodingSelector = _ => Encoding.UTF8; // names of files come raw (civitai-api 8.7)
        server.Limits.MinResponseDataRate = null; // slow clients are what it is for
        server.Listen(IPAddress.Loopback, port, Secure);
        server.Listen(IPAddress.Loopback, 0, Secure);
        server.Listen(Socket.OSSupportsIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0, Secure);

        void Secure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(certificate);
        }
    }

    private void ReadAddresses(string scheme)
    {
        var addresses = _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToArray();
        Api = addresses[0];
        Storage = new($"{scheme}://localhost:{addresses[1].Port}/"); // another name than the API's, as on the site
        Images = addresses[2];
    }
}
