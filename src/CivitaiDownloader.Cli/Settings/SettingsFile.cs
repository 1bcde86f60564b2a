using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>config.json: sections of settings, comments and trailing commas allowed (docs/formats/config.md).</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    public static string PathIn(string home) => Path.Combine(home, "config.json");

    /// <summary>The settings in the file; none when there is no file.</summary>
    /// <exception cref="UsageException">It cannot be read, or has a mistake: line and column are named.</exception>
    public static IReadOnlyList<SettingValue> Read(string path) => [.. ReadAll(path).Select(read => read.Require())];

    /// <summary>What is in the file, mistakes included. Of one that is no JSON nothing is read.</summary>
    public static IReadOnlyList<SettingRead> ReadAll(string path)
    {
        try
        {
            return ReadText(path) is { } text ? ParseAll(text, path) : [];
        }
        catch (UsageException unreadable)
        {
            return [unreadable];
        }
    }

    /// <summary>The file as it is, a byte order mark dropped; null when there is none.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static byte[]? ReadText(string path)
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
            throw SettingsErrors.Unreadable(path, refused);
        }
    }

    /// <param name="path">For the messages.</param>
    /// <exception cref="UsageException">A mistake: line and column are named.</exception>
    public static IReadOnlyList<SettingValue> Parse(byte[] text, string path) => [.. ParseAll(text, path).Select(read => read.Require())];

    private static IReadOnlyList<SettingRead> ParseAll(byte[] text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Tolerant);
            return [.. Settings(document.RootElement, path)];
        }
        catch (JsonException mistake)
        {
            var place = mistake.LineNumber is { } line ? $"line {line + 1}, column {mistake.BytePositionInLine + 1}: " : ""; // a name given twice is told without one
            return [SettingsErrors.Mistake(path, place + Reason(mistake))];
        }
    }

    private static IEnumerable<SettingRead> Settings(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object) return [SettingsErrors.Mistake(path, "the file must hold one object, such as {\"Library\": {\"Root\": \"/models\"}}")];
        return root.EnumerateObject().Where(section => section.Name != "$schema").SelectMany(section => Section(section, path));
    }

    private static IEnumerable<SettingRead> Section(JsonProperty section, string path)
    {
        if (section.Value.ValueKind != JsonValueKind.Object)
            return [SettingsErrors.Mistake(path, $"'{VisibleText.OneLine(section.Name, 60)}' must be a section with settings in it, such as \"Library\": {{…}}")];
        if (!section.Value.EnumerateObject().Any() && !KnownSettings.Sections.Contains(section.Name, StringComparer.OrdinalIgnoreCase)) return [SettingsErrors.UnknownSection(section.Name, $"'{path}'")];
        return section.Value.EnumerateObject().Select(member => Member(section.Name, member, path));
    }

    private static SettingRead Member(string section, JsonProperty member, string path)
    {
        if (KnownSettings.Find($"{section}:{member.Name}") is not { Key: var key }) return SettingsErrors.Unknown($"{section}:{member.Name}", $"'{path}'");
        return Text(member.Value) is { } text ? new SettingValue(key, text, SettingSource.File, path) : SettingsErrors.Mistake(path, $"the value of {key} must be a text, a number, true or false");
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    // The reader's own sentence ends with the place, which is named already.
    private static string Reason(JsonException mistake) => mistake.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
}
