using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http.Features;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Look-up by hash: one, many, and ids only (civitai-api 5.1 to 5.3).</summary>
internal sealed class HashEndpoints(SampleCatalogue catalogue)
{
    private const int MostVersions = 100;
    private const int MostIds = 10_000;
    private const int Sha256Digits = 64;
    private const int MostBodyBytes = 1_000_000;

    public Task OneAsync(ApiCall call, string hash)
    {
        if (catalogue.ByHash(hash) is not { } found) throw Refused.Error(404, "Model not found");
        return call.JsonAsync(json => new VersionJson(json, JsonForm.ByHash, call.Origins.Host).Write(found.Model, found.Version));
    }

    public async Task ManyAsync(ApiCall call)
    {
        var found = (await HashesAsync(call, MostVersions)).SelectMany(catalogue.AllBySha256).OrderBy(one => one.File.Id).ToArray();
        // The site reads a header that is not there, and says so in every address.
        var origins = new Origins("https://undefined", call.Origins.Host.Images);
        await call.JsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var (model, version, _) in found)
            {
                if (model.Mode == "Archived") json.WriteNullValue(); // no file that could be used
                else new VersionJson(json, JsonForm.ByHash, origins).Write(model, version);
            }

            json.WriteEndArray();
        });
    }

    public async Task IdsAsync(ApiCall call)
    {
        var found = (await HashesAsync(call, MostIds)).SelectMany(catalogue.AllBySha256).OrderBy(one => one.File.Id).ToArray();
        await call.JsonAsync(json =>
        {
            json.WriteStartArray();
            foreach (var (model, version, file) in found)
            {
                json.WriteStartObject();
                json.WriteNumber("modelVersionId", version.Id);
                json.WriteNumber("modelId", model.Id);
                json.WriteString("hash", file.Declared.Hashes.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async Task<IReadOnlyList<string>> HashesAsync(ApiCall call, int most)
    {
        if (call.Exchange.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBodyBytes;
        if (call.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) throw NotHashes("expected array, received string");
        try
        {
            using var document = await JsonDocument.ParseAsync(call.Request.Body, default, call.Exchange.Aborted);
            if (document.RootElement.ValueKind != JsonValueKind.Array) throw NotHashes("expected array");
            if (document.RootElement.GetArrayLength() > most) throw NotHashes($"expected array to have <={most} items");
            return [.. document.RootElement.EnumerateArray().Select(Hash).Distinct()];
        }
        catch (JsonException)
        {
            throw Refused.Error(400, "Invalid JSON");
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException large)
        {
            throw Refused.Error(large.StatusCode, "Body exceeded 1mb limit");
        }
    }

    private static string Hash(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { Length: Sha256Digits } text ? text.ToUpperInvariant() : throw NotHashes($"expected string to have ={Sha256Digits} characters");

    private static Refused NotHashes(string what) => Refused.Error(400, $"Request must include an array of SHA256 Hashes. ✖ Invalid input: {what}");
}
