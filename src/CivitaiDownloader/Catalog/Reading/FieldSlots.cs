using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// The fields of one object, found in a single pass instead of one search for each; made once for all objects of a list. A page holds thousands of pictures
/// and files, and searching them field by field is much of what reading it would do.
/// </summary>
internal sealed class FieldSlots(NameSet known)
{
    private readonly JsonElement[] _values = new JsonElement[known.Count];

    /// <summary>The value of the known name at <paramref name="index"/> (<see cref="NameSet.IndexOf"/>); null where it is missing or null.</summary>
    public JsonElement? this[int index] => _values[index].ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : _values[index];

    /// <param name="path">Where the object is, with its trailing dot, for what is counted as new.</param>
    public void Read(JsonElement json, DriftTally? drift, string path)
    {
        Array.Clear(_values);
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            var index = known.IndexOf(name);
            if (index >= 0) _values[index] = property.Value;
            else drift?.NewField(path, name);
        }
    }
}
