using System.Net;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>A Sandbox for one test, and a client that hides nothing: no redirects, no cookies, no decompression.</summary>
public abstract class SandboxSession(SandboxOptions options) : IAsyncLifetime
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private protected SandboxHost Sandbox { get; private set; } = null!;

    private protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Sandbox = await SandboxHost.StartAsync(options, Ended);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Sandbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<Uri> LinkAsync(int version, int file)
    {
        using var answer = await GetAsync($"api/download/models/{version}?fileId={file}");
        return answer.Headers.Location!;
    }

    /// <summary>A link to the first file of a curated model.</summary>
    private protected Task<Uri> LinkAsync(int model) => LinkAsync(model * 10, model * 100);

    private protected async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await BytesAsync(answer));
        return document.RootElement.Clone();
    }

    private protected async Task<JsonElement> PostAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Sandbox.Api, path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await _client.SendAsync(request, Ended);
        using var document = JsonDocument.Parse(await BytesAsync(answer));
        return document.RootElement.Clone();
    }

    private protected static Task<byte[]> BytesAsync(HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync(Ended);

    private protected static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Ended);

    private protected Task<HttpResponseMessage> GetAsync(string path, params ReadOnlySpan<(string Name, string Value)> headers) => SendAsync(HttpMethod.Get, new(Sandbox.Api, path), headers);

    private protected Task<HttpResponseMessage> GetAsync(Uri address, params ReadOnlySpan<(string Name, string Value)> headers) => SendAsync(HttpMethod.Get, address, headers);

    private protected Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return _client.SendAsync(request, Ended);
    }

    private protected Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, Ended);

    /// <summary>The bytes the catalogue holds for a file.</summary>
    private protected byte[] Content(int file)
    {
        var content = Sandbox.Catalogue.File(file)!.Value.File.Content;
        var bytes = new byte[content.Length];
        content.Fill(0, bytes);
        return bytes;
    }
}
