using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Drift;

/// <summary>What one answer holds that is new: counted while it is read, in memory, with a bound on how many names a hostile answer can leave behind.</summary>
internal sealed class DriftTally
{
    private const int MostNames = 64;
    private const int MostLetters = 120;

    private readonly Lock _lock = new(); // guards Counts while items are read side by side

    /// <summary>To be looked at when the answer has been read.</summary>
    public Dictionary<(string Kind, string Name), int> Counts { get; } = [];

    /// <param name="path">Where the object is, with its trailing dot: <c>modelVersions[].</c>; empty at the top.</param>
    public void Fields(JsonElement json, NameSet known, string path)
    {
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (known.IndexOf(name) < 0) NewField(path, name);
        }
    }

    public void NewField(string path, ReadOnlySpan<byte> name) => Count(DriftEntry.UnknownField, path + Shown(name));

    public void NewValue(string path, string value) => Count(DriftEntry.UnknownValue, $"{path}={value}");

    private void Count(string kind, string name)
    {
        var key = (kind, VisibleText.OneLine(name, MostLetters));
        lock (_lock) Count_NeedsLock(key);
    }

    private void Count_NeedsLock((string, string) key)
    {
        if (Counts.Count < MostNames || Counts.ContainsKey(key)) CollectionsMarshal.GetValueRefOrAddDefault(Counts, key, out _)++;
    }

    private static string Shown(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name[..Math.Min(name.Length, MostLetters * 4)]);
}
