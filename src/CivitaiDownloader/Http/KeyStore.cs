using System.Text.Json;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>A key as it is stored.</summary>
/// <param name="Endpoint">The site it was stored for: it goes there and nowhere else.</param>
/// <param name="CheckedAt">When the site accepted it; null when it was not asked.</param>
public sealed record StoredKey(Uri Endpoint, SecretString Key, DateTimeOffset? CheckedAt);

/// <summary>The keys that were stored on this machine, one for each site, in a file that only its owner can read (docs/formats/key.md).</summary>
/// <param name="home">The program's folder; made when a key is stored.</param>
public sealed class KeyStore(string home)
{
    private const int Version = 1;

    public string File { get; } = Path.Combine(home, "key.json");

    /// <summary>The key for a site; null when there is none. Civitai's own names are one site.</summary>
    /// <exception cref="KeyStoreException">The file cannot be read.</exception>
    public StoredKey? Find(Uri endpoint) => Read().FirstOrDefault(stored => AddressPolicy.SameSite(stored.Endpoint, endpoint));

    /// <summary>The sites that have one.</summary>
    /// <exception cref="KeyStoreException">The file cannot be read.</exception>
    public IReadOnlyList<string> Sites() => [.. Read().Select(stored => stored.Endpoint.GetLeftPart(UriPartial.Authority))];

    /// <summary>Stores a key in place of the one the site had.</summary>
    /// <exception cref="KeyStoreException">The file cannot be read or written; it is as it was.</exception>
    public void Keep(StoredKey key)
    {
        using var turn = Turn();
        Write([.. Read().Where(stored => !AddressPolicy.SameSite(stored.Endpoint, key.Endpoint)), key]);
    }

    /// <returns>False when there was none.</returns>
    /// <exception cref="KeyStoreException">The file cannot be read or written; it is as it was.</exception>
    public bool Remove(Uri endpoint)
    {
        using var turn = Turn();
        var stored = Read();
        var others = stored.Where(key => !AddressPolicy.SameSite(key.Endpoint, endpoint)).ToArray();
        if (others.Length < stored.Length) Write(others);
        return others.Length < stored.Length;
    }

    /// <summary>The mode of the file when others can read it, such as <c>0644</c>; null when they cannot, or there is none.</summary>
    public string? OpenMode() => System.IO.File.Exists(File) ? OwnerOnly.OpenMode(File) : null;

    private WriterTurn Turn()
    {
        try
        {
            return WriterTurn.Take(File);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw KeyStoreErrors.NotWritable(File, refused);
        }
    }

    private StoredKey[] Read()
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File));
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() is > Version and var newer) throw KeyStoreErrors.NewerVersion(File, newer);
            return [.. root.GetProperty("keys").EnumerateArray().Select(ReadOne)];
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw KeyStoreErrors.Unreadable(File, refused);
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw KeyStoreErrors.Damaged(File); // without its cause: a reader's message may show what it read
        }
    }

    private static StoredKey ReadOne(JsonElement json) => new(
        new(json.GetProperty("endpoint").GetString() ?? throw new FormatException("A key without its site."), UriKind.Absolute),
        ApiKey.Parse(json.GetProperty("key").GetString()) ?? throw new FormatException("The key is empty."),
        json.TryGetProperty("checkedAt", out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null);

    private void Write(StoredKey[] keys)
    {
        try
        {
            if (keys.Length == 0) System.IO.File.Delete(File);
            else WholeFile.WritePrivate(File, Json(keys));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw KeyStoreErrors.NotWritable(File, refused);
        }
    }

    private static byte[] Json(StoredKey[] keys)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("endpoint", key.Endpoint.GetLeftPart(UriPartial.Authority));
                json.WriteString("key", key.Key.Reveal());
                if (key.CheckedAt is { } at) json.WriteString("checkedAt", at.UtcDateTime);
                else json.WriteNull("checkedAt");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
