using System.Text.Json;

namespace CivitaiDownloader.Cli.Rendering;

internal static class JsonNumbers
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>A property that is always there: null where there is no number.</summary>
        public void WriteNumberOrNull(string name, long? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }
    }
}
