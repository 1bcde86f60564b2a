using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Which endpoint is asked: the three show the same model differently (civitai-api 6.5).</summary>
internal enum JsonForm
{
    /// <summary><c>/models</c>: nulls and empty lists kept.</summary>
    List,

    /// <summary><c>/models/:id</c>: nulls and empty lists left out inside versions.</summary>
    ById,

    /// <summary><c>/model-versions/:id</c>.</summary>
    Version,

    /// <summary>As <see cref="Version"/>, by hash: every date has its zone.</summary>
    ByHash,
}

/// <summary>Where addresses inside an answer point.</summary>
internal sealed record Origins(string Api, string Images)
{
    public string Download(int version) => $"{Api}/api/download/models/{version}";
}

/// <summary>Pieces of JSON that occur everywhere.</summary>
internal static class JsonPieces
{
    extension(JsonForm form)
    {
        public bool IsOneVersion => form is JsonForm.Version or JsonForm.ByHash;

        public bool KeepsEmpty => form != JsonForm.ById;
    }

    extension(Utf8JsonWriter json)
    {
        public void Texts(string name, IReadOnlyList<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        public void Count(string name, int? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }

        public void Optional(string name, string? value, JsonForm form)
        {
            if (value is not null || form.KeepsEmpty) json.WriteString(name, value);
        }

        public void Instant(string name, DateTimeOffset value) => json.WriteString(name, Text(value));
    }

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>As it comes straight out of the database: no zone, and no zeros at the end (civitai-api 2.5).</summary>
    public static string BareText(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture);
}
