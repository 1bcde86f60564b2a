using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Errors;

/// <summary>Shows an error on standard error: a sentence and a hint, or one JSON object on one line.</summary>
internal static class ErrorWriter
{
    /// <returns>The exit code.</returns>
    public static int Write(ErrorReport report, Screen screen)
    {
        screen.EndProgress();
        if (screen.IsJson) screen.Error.WriteLine(Json(report));
        else WriteText(report, screen);
        return report.ExitCode;
    }

    private static void Write(Utf8JsonWriter json, ErrorReport report)
    {
        json.WriteStartObject();
        json.WriteString("code", report.Code);
        json.WriteString("message", report.Message);
        json.WriteString("hint", report.Hint);
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteEndObject();
    }

    /// <summary>The property <c>error</c> of a document: null where there is none.</summary>
    public static void WriteProperty(Utf8JsonWriter json, ErrorReport? report)
    {
        json.WritePropertyName("error");
        if (report is null) json.WriteNullValue();
        else Write(json, report);
    }

    private static void WriteText(ErrorReport report, Screen screen)
    {
        screen.Complain($"{screen.ErrorInk.Bad("error:")} {EndSentence(report.Message)}");
        if (report.Hint is not null) screen.Complain($"  {report.Hint}");
        if (report.Details is not null) screen.Error.WriteLine(report.Details);
    }

    private static string Json(ErrorReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteProperty(json, report);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string EndSentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";
}
