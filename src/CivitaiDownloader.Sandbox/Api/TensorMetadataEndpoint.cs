using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>
/// <c>/model-files/:id/tensor-metadata</c>: the header of a safetensors file (civitai-api 5.5). Which statuses there are is known, the form of the answer is not:
/// here it is the file's own metadata, and its tensors unless <c>summaryOnly</c> is asked for.
/// </summary>
internal sealed class TensorMetadataEndpoint(SampleCatalogue catalogue, TimeProvider time)
{
    private const int MostHeaderBytes = 1 << 20;

    public Task ShowAsync(ApiCall call, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0) throw Refused.Pretty("id");
        var summary = new QueryReader(call.Request.Query, (name, _) => Refused.Pretty(name)).Flag("summaryOnly");
        if (catalogue.File(id) is not { Model.IsRealPerson: false } found) throw Refused.Error(404, "File not found");
        if (found.Model.Mode == "Archived") throw Refused.Error(410, "Model archived, not available for download");
        if (found.Version.IsGated(time.GetUtcNow()) || found.Version.Access == SampleAccess.NoGrant) throw Refused.Error(403, "You do not have access to this file");
        using var header = HeaderOf(found.File) ?? throw Refused.Error(422, "File is not a safetensors file");
        var tensors = header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__").ToArray();
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("fileId", id);
            json.WriteNumber("tensorCount", tensors.Length);
            json.WritePropertyName("metadata");
            if (header.RootElement.TryGetProperty("__metadata__", out var metadata)) metadata.WriteTo(json);
            else json.WriteNullValue();
            if (!summary)
            {
                json.WriteStartObject("tensors");
                foreach (var tensor in tensors) tensor.WriteTo(json);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private static JsonDocument? HeaderOf(SampleFile file)
    {
        if (file.Format != "SafeTensor" || file.Content.Length < 8) return null;
        var start = new byte[8];
        file.Content.Fill(0, start);
        if (BinaryPrimitives.ReadUInt64LittleEndian(start) is not (> 0 and < MostHeaderBytes and var length) || (long)length + 8 > file.Content.Length) return null;
        var header = new byte[length];
        file.Content.Fill(8, header);
        return JsonDocument.Parse(header);
    }
}
