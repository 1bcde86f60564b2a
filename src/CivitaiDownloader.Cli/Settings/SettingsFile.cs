using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Configuration;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>config.json: sections of settings, comments and trailing commas allowed (docs/formats/config.md).</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <exception cref="UsageException">It cannot be read, or has a mistake: line and column are named.</exception>
    public static void AddTo(ConfigurationBuilder configuration, string path)
    {
        var text = Read(path);
        if (text is null) return;
        try
        {
            using var document = JsonDocument.Parse(text, Tolerant);
            configuration.AddInMemoryCollection([.. Settings(document.RootElement, path)]);
        }
        catch (JsonException mistake)
        {
            var place = mistake.LineNumber is { } line ? $"line {line + 1}, column {mistake.BytePositionInLine + 1}: " : ""; // a name given twice is told without one
            throw Mistake(path, place + Reason(mistake));
        }
    }

    private static byte[]? Read(string path)
    {
        try
        {
            var text = File.ReadAllBytes(path);
            return text.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text; // a byte order mark, as Windows editors write it
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("settings", $"'{path}' cannot be read: {refused.Message}") { Hint = "Check its permissions, or choose another folder with --home. Nothing was done." };
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Mistake(path, "the file must hold one object, such as {\"Library\": {\"Root\": \"/models\"}}");
        foreach (var section in root.EnumerateObject())
        {
            if (section.Name == "$schema") continue;
            if (section.Value.ValueKind != JsonValueKind.Object) throw Mistake(path, $"'{VisibleText.OneLine(section.Name, 60)}' must be a section with settings in it, such as \"Library\": {{…}}");
            foreach (var setting in section.Value.EnumerateObject())
            {
                var key = KnownSettings.Require($"{section.Name}:{setting.Name}", $"'{path}'");
                yield return new(key, setting.Value.ValueKind switch
                {
                    JsonValueKind.String => setting.Value.GetString(),
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => setting.Value.GetRawText(),
                    _ => throw Mistake(path, $"the value of {key} must be a text, a number, true or false"),
                });
            }
        }
    }

    // The reader's own sentence ends with the place, which is named already.
    private static string Reason(JsonException mistake) => mistake.Message.Split(" LineNumber:")[0].Split(" Path:")[0];

    private static UsageException Mistake(string path, string what) =>
        new("settings", $"'{path}' has a mistake: {what}") { Hint = "Correct it, or move the file away to use the defaults. Nothing was done." };
}
