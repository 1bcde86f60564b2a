using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Library.Naming;

/// <summary>What is known of a file, as it came from outside: every text hostile.</summary>
public sealed record PlacementFacts
{
    public required string Type { get; init; }
    public string? BaseModel { get; init; }
    public string? Creator { get; init; }
    public required string ModelName { get; init; }
    public required string VersionName { get; init; }
    public required string FileName { get; init; }
    public required long ModelId { get; init; }
    public required long VersionId { get; init; }
    public required long FileId { get; init; }
}

/// <summary>
/// Where files go below the library's root, such as <c>{type}/{creator}/{fileName}</c>. A field's value never makes a folder of its own: separators in it
/// are replaced before it is put in, and each component is made safe as a whole afterwards.
/// </summary>
public sealed class PlacementTemplate
{
    public const string Default = "{type}/{baseModel}/{creator}/{modelName} - {versionName}/{fileName}";

    private static readonly Dictionary<string, Func<PlacementFacts, string>> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["type"] = facts => facts.Type,
        ["baseModel"] = facts => Or(facts.BaseModel, "Other"),
        ["creator"] = facts => Or(facts.Creator, "unknown creator"),
        ["modelName"] = facts => facts.ModelName,
        ["versionName"] = facts => facts.VersionName,
        ["fileName"] = facts => facts.FileName,
        ["fileStem"] = facts => Path.GetFileNameWithoutExtension(SafeName.File(facts.FileName)),
        ["extension"] = facts => Path.GetExtension(SafeName.File(facts.FileName)).TrimStart('.'),
        ["modelId"] = facts => facts.ModelId.ToString(CultureInfo.InvariantCulture),
        ["versionId"] = facts => facts.VersionId.ToString(CultureInfo.InvariantCulture),
        ["fileId"] = facts => facts.FileId.ToString(CultureInfo.InvariantCulture),
    };

    private readonly IReadOnlyList<IReadOnlyList<Part>> _components;

    private PlacementTemplate(IReadOnlyList<IReadOnlyList<Part>> components) => _components = components;

    public static IEnumerable<string> FieldNames => Fields.Keys;

    /// <exception cref="LibraryException">An unknown field, an unclosed brace, a component that is empty or <c>..</c>, or no field that tells files apart at the end.</exception>
    public static PlacementTemplate Parse(string template)
    {
        var components = new List<IReadOnlyList<Part>>();
        var position = 0;
        foreach (var text in template.Split('/'))
        {
            if (text.Trim(' ', '.').Length == 0) throw LibraryErrors.Template(template, position, "an empty component, or one of dots only");
            if (text.Contains('\\')) throw LibraryErrors.Template(template, position, "a backslash; folders are separated by '/'");
            components.Add(ParseComponent(template, text, position));
            position += text.Length + 1;
        }

        var last = components[^1].Select(part => part.Field).OfType<string>().ToArray();
        if (!last.Any(field => field.Equals("fileName", StringComparison.OrdinalIgnoreCase) || field.Equals("extension", StringComparison.OrdinalIgnoreCase)))
            throw LibraryErrors.Template(template, position - 1, "no {fileName} or {extension} in its last component, so files would lose their type");
        if (components[^1] is [{ Field: { } only }] && only.Equals("extension", StringComparison.OrdinalIgnoreCase))
            throw LibraryErrors.Template(template, position - 1, "only {extension} in its last component, so files would have no name");
        return new(components);
    }

    /// <summary>A path relative to the root, its components separated by '/'.</summary>
    public string Render(PlacementFacts facts)
    {
        var path = new StringBuilder();
        for (var i = 0; i < _components.Count; i++)
        {
            var text = string.Concat(_components[i].Select(part => part.Render(facts)));
            if (i > 0) path.Append('/');
            path.Append(i == _components.Count - 1 ? SafeName.File(text) : SafeName.Folder(text));
        }

        return path.ToString();
    }

    private static List<Part> ParseComponent(string template, string text, int position)
    {
        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var literal = open < 0 ? text[at..] : text[at..open];
            if (literal.Contains('}')) throw LibraryErrors.Template(template, position + at, "a '}' without its '{'");
            if (literal.Length > 0) parts.Add(new(literal, null));
            if (open < 0) break;
            var close = text.IndexOf('}', open);
            if (close < 0) throw LibraryErrors.Template(template, position + open, "a '{' without its '}'");
            var name = text[(open + 1)..close];
            if (!Fields.ContainsKey(name)) throw LibraryErrors.UnknownField(template, position + open, name, Fields.Keys);
            parts.Add(new("", name));
            at = close + 1;
        }

        return parts;
    }

    private static string Or(string? value, string otherwise) => string.IsNullOrWhiteSpace(value) ? otherwise : value;

    private sealed record Part(string Literal, string? Field)
    {
        // Separators inside a value must not make components: they are replaced here, before the component is put together.
        public string Render(PlacementFacts facts) => Field is null ? Literal : Fields[Field](facts).Replace('/', '_').Replace('\\', '_');
    }
}
