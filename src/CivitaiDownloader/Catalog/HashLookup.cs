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

    private const string What = "The look-up by hash";

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift);

    /// <param name="sha256">SHA-256 only, at most <see cref="MostIds"/>.</param>
    /// <param name="report">Its <see cref="ListReport.Skipped"/>: a hash that is missing may be in a row that could not be read.</param>
    /// <exception cref="CatalogException">The API refuses or cannot be read.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    /// <exception cref="ArgumentException">Too many hashes, or one of another kind.</exception>
    public async Task<IReadOnlyList<HashMatch>> FindIdsAsync(IReadOnlyCollection<ContentHash> sha256, ListReport report, CancellationToken cancellationToken = default)
    {
        if (sha256.Count == 0) return [];
        var call = new EndpointCall(ApiEndpoint.ModelVersionIdsByHash, _addresses.IdsByHashes, What) { Json = Body(sha256, MostIds) };
        return await AskAsync(call, ReadMatch, match => match, report, cancellationToken);
    }

    /// <summary>Each version once, its download addresses on the endpoint. A version without a usable file (an archived one) is missing.</summary>
    /// <param name="sha256">SHA-256 only, at most <see cref="MostVersions"/>.</param>
    /// <param name="report">Its <see cref="ListReport.Skipped"/>: versions that could not be read.</param>
    /// <exception cref="CatalogException">The API refuses or cannot be read.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    /// <exception cref="ArgumentException">Too many hashes, or one of another kind.</exception>
    public async Task<IReadOnlyList<ModelVersion>> FindVersionsAsync(IReadOnlyCollection<ContentHash> sha256, ListReport report, CancellationToken cancellationToken = default)
    {
        if (sha256.Count == 0) return [];
        var call = new EndpointCall(ApiEndpoint.ModelVersionsByHash, _addresses.VersionsByHashes, What) { Json = Body(sha256, MostVersions) };
        return [.. (await AskAsync(call, ModelReader.ReadVersion, version => version.Id, report, cancellationToken)).Select(OnEndpoint)];
    }

    private async Task<T[]> AskAsync<T, TKey>(EndpointCall call, Func<JsonElement, ReadingContext, T?> read, Func<T, TKey> identity, ListReport report, CancellationToken cancellationToken)
        where T : class
    {
        var page = await _endpoints.RowsAsync(call, CacheUse.Refresh, read, cancellationToken);
        T[] found = [.. page.Items.DistinctBy(identity)];
        report.Count(page);
        report.Duplicates += page.Items.Count - found.Length;
        report.Found += found.Length;
        report.IsComplete = true;
        return found;
    }

    private static ReadOnlyMemory<byte> Body(IReadOnlyCollection<ContentHash> hashes, int most)
    {
        if (hashes.Count > most) throw new ArgumentException($"At most {most} hashes can be asked for at once, not {hashes.Count}.", nameof(hashes));
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

    internal static HashMatch? ReadMatch(JsonElement json, ReadingContext context) =>
        json.Whole("modelVersionId"u8) is > 0 and var version && ContentHash.TryParse(HashKind.Sha256, json.Text("hash"u8), out var hash)
            ? new(hash, new(version), json.Whole("modelId"u8) is > 0 and var model ? new ModelId(model) : null)
            : null;

    // Inside this answer every address begins with https://undefined: the site reads a header that is not there.
    private ModelVersion OnEndpoint(ModelVersion version) => version with
    {
        Files = [.. version.Files.Select(file => file with { DownloadUrl = (_addresses.OnEndpoint(file.DownloadUrl) ?? _addresses.Download(version.Id, file.Id)).AbsoluteUri })],
    };
}
