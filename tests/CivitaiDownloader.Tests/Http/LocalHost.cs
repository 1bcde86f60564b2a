using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

/// <summary>A real HTTP host on loopback that answers as the test writes down, and remembers who asked.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalHost(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>False: new connections are over HTTP/1.1 whatever was offered before.</summary>
    public bool OffersHttp2 { get; set; } = true;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public static Task<LocalHost> StartAsync(RequestDelegate answer) => StartAsync(answer, IPAddress.Loopback, null);

    /// <param name="certificate">For HTTPS; null for HTTP.</param>
    /// <param name="protocols">Offered over HTTPS.</param>
    public static async Task<LocalHost> StartAsync(RequestDelegate answer, IPAddress address, X509Certificate2? certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        LocalHost? host = null;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.ResponseHeaderEncodingSelector = _ => System.Text.Encoding.UTF8;
            server.Listen(address, 0, listen =>
            {
                listen.Protocols = certificate is null ? HttpProtocols.Http1 : protocols;
                if (certificate is null) return;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ApplicationProtocols = host!.OffersHttp2 ? null : [SslApplicationProtocol.Http11],
                    }),
                });
            });
        });
        if (certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        host = new LocalHost(builder.Build());
        host._app.Run(context =>
        {
            host.Requests.Enqueue(new(context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return answer(context);
        });
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers);
