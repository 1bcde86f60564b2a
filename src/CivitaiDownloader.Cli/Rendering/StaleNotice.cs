using System.Globalization;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Says on standard error that kept answers stood in for the network, and how old they are; with <c>--json</c> as one object on one line (docs/formats/json-output.md). Also with <c>--quiet</c>: it is part of what a result says.</summary>
internal static class StaleNotice
{
    public static void Write(StaleSnapshot stale, Screen screen, DateTimeOffset now)
    {
        var message = $"Shown from the cache of {Duration.Ago(now - stale.Oldest)}" + (stale.Why is { } why ? $": {VisibleText.OneLine(why.Message, 300)}" : " (offline)");
        if (screen.IsJson) screen.Error.WriteLine(Json(message, stale));
        else screen.Error.WriteLine(screen.ErrorInk.Warn(message + "."));
    }

    private static string Json(string message, StaleSnapshot stale)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("notice");
            json.WriteString("code", "from-cache");
            json.WriteString("message", message);
            json.WriteString("fetchedAt", stale.Oldest.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("cause", stale.Why?.Code);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
