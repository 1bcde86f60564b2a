using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The API host: finds who answers a path, under the rules of its kind (civitai-api 1.3).</summary>
internal sealed class ApiSite(SampleCatalogue catalogue, SandboxOptions options, LinkSigner links, BodyWriter writer, FaultBoard faults)
{
    private readonly Callers _callers = new(options.Key);
    private readonly ModelEndpoints _models = new(catalogue, options.Time);
    private readonly VersionEndpoints _versions = new(catalogue);
    private readonly HashEndpoints _hashes = new(catalogue);
    private readonly ImagesEndpoint _images = new(catalogue);
    private readonly DirectoryEndpoints _directories = new(catalogue);
    private readonly VaultEndpoints _vault = new(catalogue, options.IsMember);
    private readonly CollectionEndpoints _collections = new(catalogue, options.Time);
    private readonly DownloadEndpoint _download = new(catalogue, links, options.Time);
    private readonly TensorMetadataEndpoint _tensors = new(catalogue, options.Time);
    private readonly EdgeCache _edge = new(faults, options.Time);

    public async Task ServeAsync(Exchange exchange, ApiOrigins origins)
    {
        var call = new ApiCall(exchange, _callers.IsSignedIn(exchange.Request), origins) { Writer = writer, Faults = faults };
        try
        {
            var (kind, answer) = Find(exchange.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries));
            if (!kind.Admits(call)) return;
            if (_edge.LifetimeFor(call) is not { } lifetime) await answer(call);
            else if (_edge.Find(call, lifetime) is { } kept) await FromEdgeAsync(call, kept);
            else await answer(call = call with { Keep = (status, body) => _edge.Keep(call, status, body) });
        }
        catch (Refused refused)
        {
            await RefusalAnswer.WriteAsync(call, refused);
        }
    }

    private Task FromEdgeAsync(ApiCall call, EdgeAnswer kept)
    {
        call.Exchange.Response.Headers.Age = _edge.AgeOf(kept);
        return call.SendAsync(kept.Status, kept.Body);
    }

    private (EndpointKind Kind, Func<ApiCall, Task> Answer) Find(string[] path) => path switch
    {
        ["api", "v1", "models"] => (EndpointKind.Mixed, _models.ListAsync),
        ["api", "v1", "models", var id] => (EndpointKind.Public, call => _models.OneAsync(call, id)),
        ["api", "v1", "model-versions", "by-hash"] => (EndpointKind.Public, _hashes.ManyAsync),
        ["api", "v1", "model-versions", "by-hash", "ids"] => (EndpointKind.Public, _hashes.IdsAsync),
        ["api", "v1", "model-versions", "by-hash", var hash] => (EndpointKind.PublicByHash, call => _hashes.OneAsync(call, hash)),
        ["api", "v1", "model-versions", "mini", var id] => (EndpointKind.Mixed, call => _versions.MiniAsync(call, id)),
        ["api", "v1", "model-versions", var id] => (EndpointKind.Mixed, call => _versions.OneAsync(call, id)),
        ["api", "v1", "images"] => (EndpointKind.Public, _images.ListAsync),
        ["api", "v1", "creators"] => (EndpointKind.Public, _directories.CreatorsAsync),
        ["api", "v1", "tags"] => (EndpointKind.Public, _directories.TagsAsync),
        ["api", "v1", "users"] => (EndpointKind.Public, _directories.UsersAsync),
        ["api", "v1", "enums"] => (EndpointKind.Bare, DirectoryEndpoints.EnumsAsync),
        ["api", "v1", "permissions", "check"] => (EndpointKind.Public, PermissionsEndpoint.CheckAsync),
        ["api", "v1", "model-files", var id, "tensor-metadata"] => (EndpointKind.Public, call => _tensors.ShowAsync(call, id)),
        ["api", "v1", "me"] => (EndpointKind.Authed, MeEndpoint.ShowAsync),
        ["api", "v1", "vault", "get"] => (EndpointKind.Authed, _vault.GetAsync),
        ["api", "v1", "vault", "all"] => (EndpointKind.Authed, _vault.ListAsync),
        ["api", "v1", "vault", "check-vault"] => (EndpointKind.Authed, _vault.CheckAsync),
        ["api", "v1", "collections"] => (EndpointKind.Mixed, _collections.ListAsync),
        ["api", "v1", "collections", var id] => (EndpointKind.Mixed, call => _collections.OneAsync(call, id)),
        ["api", "download", "models", var id] => (EndpointKind.Download, call => _download.LinkAsync(call, id)),
        ["api", "download", ..] => (EndpointKind.Download, DownloadEndpoint.AnythingElse),
        ["download", "models", var id] => (EndpointKind.Download, call => _download.LinkAsync(call, id)), // as addressed under api. (civitai-api 1.1)
        ["login"] or ["model-versions", _] => (EndpointKind.Bare, SitePage.ShowAsync),
        _ => throw Refused.Error(404, "Not found"),
    };
}
