using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>A version one of whose files has this content.</summary>
/// <param name="Model">Null where the site did not say.</param>
public sealed record HashMatch(ContentHash Sha256, ModelVersionId Version, ModelId? Model);

/// <summary>
/// Asks for many files at once what they are (civitai-api 5.2, 5.3). Hashes nobody has are missing from the answers; a file that several versions
/// share is there for each of them. For one hash of any kind: <see cref="CivitaiCatalog.GetVersionByHashAsync"/>.
/// </summary>
public sealed class HashLookup(ApiReader api, HttpOptions options, ApiDrift? drift = null)
{
    /// <summary>The most one question for ids may hold.</summary>
    public const int MostIds = 10_000;

    /// <summary>The most one question for whole versions may hold.</summary>
    public const int MostVersions = 100;

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <param name="sha256">SHA-256 only, at most <see cref="MostIds"/>.</param>
    /// <exception cref="CatalogException">The API refuses or cannot be read.</exception>
    public async Task<IReadOnlyList<HashMatch>> FindIdsAsync(IReadOnlyCollection<ContentHash> sha256, CancellationToken cancellationToken)
    {
        if (sha256.Count == 0) return [];
        var (document, _) = await AskAsync(_addresses.IdsByHashes, sha256, MostIds, cancellationToken);
        using var owned = document;
        return [.. document.RootElement.EnumerateArray().Select(ReadMatch).OfType<HashMatch>().Distinct()];
    }

    /// <summary>Each version once, its download addresses on the endpoint. A version without a usable file (an archived one) is missing.</summary>
    /// <param name="sha256">SHA-256 only, at most <see cref="MostVersions"/>.</param>
    /// <exception cref="CatalogException">The API refuses or cannot be read.</exception>
    public async Task<IReadOnlyList<ModelVersion>> FindVersionsAsync(IReadOnlyCollection<ContentHash> sha256, CancellationToken cancellationToken)
    {
        if (sha256.Count == 0) return [];
        var (document, context) = await AskAsync(_addresses.VersionsByHashes, sha256, MostVersions, cancellationToken);
        using var owned = document;
        ModelVersion[] versions = [.. document.RootElement.EnumerateArray().Select(item => PageReader.TryReadVersion(item, context)).OfType<ModelVersion>().DistinctBy(version => version.Id).Select(OnEndpoint)];
        if (context.Drift is { } tally) drift?.Add(ApiEndpoint.ModelVersionsByHash, tally);
        return versions;
    }

    private async Task<(JsonDocument Document, ReadingContext Context)> AskAsync(Uri address, IReadOnlyCollection<ContentHash> sha256, int most, CancellationToken cancellationToken)
    {
        const string What = "The look-up by hash";
        if (sha256.Count > most) throw new ArgumentException($"At most {most} hashes can be asked for at once, not {sha256.Count}.", nameof(sha256));
        var answer = await api.PostAsync(address, Body(sha256), cancellationToken);
        ApiStatus.Check(answer, What);
        try
        {
            var document = JsonRepair.Parse(answer.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Array) return (document, ReadingContext.Of(ApiEndpoint.ModelVersionsByHash, answer));
            document.Dispose();
            throw CatalogErrors.Unreadable(What, null);
        }
        catch (JsonException unreadable)
        {
            throw ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : CatalogErrors.Unreadable(What, unreadable);
        }
    }

    private static ReadOnlyMemory<byte> Body(IReadOnlyCollection<ContentHash> hashes)
    {
        var body = new MemoryStream(hashes.Count * 67 + 2);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartArray();
        foreach (var hash in hashes)
        {
            if (hash.Kind != HashKind.Sha256) throw new ArgumentException($"Only SHA-256 can be asked for in numbers, not {hash}.", nameof(hashes));
            json.WriteStringValue(hash.Hex.ToUpperInvariant());
        }

        json.WriteEndArray();
        json.Flush();
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static HashMatch? ReadMatch(JsonElement json) =>
        json.Whole("modelVersionId"u8) is > 0 and var version && ContentHash.TryParse(HashKind.Sha256, json.Text("hash"u8), out var hash)
            ? new(hash, new(version), json.Whole("modelId"u8) is > 0 and var model ? new ModelId(model) : null)
            : null;

    // Inside this answer every address begins with https://undefined: the site reads a header that is not there.
    private ModelVersion OnEndpoint(ModelVersion version) => version with
    {
        Files = [.. version.Files.Select(file => file with { DownloadUrl = (_addresses.OnEndpoint(file.DownloadUrl) ?? _addresses.Download(version.Id, file.Id)).AbsoluteUri })],
    };
}
