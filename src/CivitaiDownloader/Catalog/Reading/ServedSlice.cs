using System.Runtime.InteropServices;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// An object's JSON as served: a slice of the answer where the answer stays as it is (whoever keeps a model keeps its page), else a copy. What is inside the
/// object is a slice of it either way.
/// </summary>
/// <param name="body">The answer; empty when it does not stay.</param>
internal readonly struct ServedSlice(JsonElement whole, ReadOnlyMemory<byte> body)
{
    public ReadOnlyMemory<byte> Json { get; } = SliceOrCopy(body, JsonMarshal.GetRawUtf8Value(whole));

    public ReadOnlyMemory<byte> Of(JsonElement part)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(part);
        return JsonMarshal.GetRawUtf8Value(whole).Overlaps(bytes, out var at) ? Json.Slice(at, bytes.Length) : bytes.ToArray();
    }

    private static ReadOnlyMemory<byte> SliceOrCopy(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> bytes) => body.Span.Overlaps(bytes, out var at) ? body.Slice(at, bytes.Length) : bytes.ToArray();
}
