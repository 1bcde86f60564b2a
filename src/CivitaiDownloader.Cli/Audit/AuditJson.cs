using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Audit;

/// <summary>Records as JSON: in the documents of <c>audit list</c> and <c>audit verify</c> (docs/formats/json-output.md), and one a line in an export (docs/formats/audit.md).</summary>
internal static class AuditJson
{
    // An export is also looked at: what a reader or a terminal could be fooled with is escaped, and so is all beyond the basic plane. Who verifies it writes it anew, so nothing is lost.
    private static readonly JavaScriptEncoder Visible = JavaScriptEncoder.Create(VisibleCharacters());

    /// <param name="read">Hands each record to what it is given.</param>
    public static void WriteList(Action<Action<AuditRecord>> read)
    {
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteStartArray("records");
        read(record =>
        {
            Write(output.Writer, record);
            output.FlushIfLarge();
        });
        output.Writer.WriteEndArray();
        output.Writer.WriteEndObject();
    }

    public static void WriteLines(Stream to, Action<Action<AuditRecord>> read)
    {
        using var json = new Utf8JsonWriter(to, new() { Encoder = Visible });
        read(record =>
        {
            Write(json, record);
            json.Flush();
            json.Reset();
            to.Write("\n"u8);
        });
    }

    public static void Write(AuditVerification found)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteBoolean("whole", found.IsWhole);
        json.WriteNumber("records", found.Count);
        json.WriteString("head", found.Head);
        json.WriteNumber("behindHead", found.BehindHead);
        json.WriteNumberOrNull("askedFor", found.AskedFor);
        json.WriteStartArray("problems");
        foreach (var problem in found.Problems)
        {
            json.WriteStartObject();
            json.WriteString("kind", Code(problem.Kind));
            json.WriteNumberOrNull("seq", problem.Sequence);
            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("problemsLeftOut", found.ProblemsLeftOut);
        json.WriteEndObject();
    }

    public static string Code(AuditProblemKind kind) => kind switch
    {
        AuditProblemKind.OutOfOrder => "out-of-order",
        AuditProblemKind.HeadLost => "head-lost",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static void Write(Utf8JsonWriter json, AuditRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", record.Sequence);
        json.WriteString("at", record.AtText);
        json.WriteString("kind", record.Kind);
        json.WriteString("path", record.Path);
        json.WriteString("sha256", record.Sha256);
        json.WritePropertyName("facts");
        WriteFacts(json, record.Facts);
        json.WriteString("previous", record.Previous);
        json.WriteString("hash", record.Hash);
        json.WriteEndObject();
    }

    private static TextEncoderSettings VisibleCharacters()
    {
        var settings = new TextEncoderSettings();
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            if (Rune.TryCreate(unit, out var rune) && !VisibleText.IsHidden(rune)) settings.AllowCharacter((char)unit);
        }

        return settings;
    }

    // Written anew, so that what could fool a terminal is escaped. Damaged ones are no object, and are shown as the text they are.
    private static void WriteFacts(Utf8JsonWriter json, string facts)
    {
        try
        {
            using var document = JsonDocument.Parse(facts);
            document.RootElement.WriteTo(json);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            json.WriteStringValue(facts);
        }
    }
}
