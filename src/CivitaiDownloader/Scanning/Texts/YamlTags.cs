using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Tags as the parser gives them, their handles and escapes resolved.</summary>
internal static class YamlTags
{
    private const string Yaml = "tag:yaml.org,2002:";

    // YAML 1.1's own types; PyYAML's plain ones, which even its safe readers of configurations make.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "str", "int", "float", "bool", "null", "map", "seq", "set", "omap", "pairs", "binary", "timestamp", "merge", "value",
        "python/none", "python/bool", "python/int", "python/long", "python/float", "python/complex", "python/str", "python/unicode", "python/bytes", "python/list", "python/tuple", "python/dict",
    };

    // Languages whose readers make objects of what a tag names.
    private static readonly string[] Objects = ["python/", "ruby/", "perl/", "php/", "java", "org.", "com.", "sun.", "net.", "js/", "!python/", "!ruby/", "!perl/", "!php/", "!js/", "!java", "object/", "py!", "python:", "ruby:"];

    public static void Judge(string tag, ScanItem item, ScanState state, long at)
    {
        if (tag is "" or "!" or "?") return;
        var name = Uri.UnescapeDataString(tag.StartsWith(Yaml, StringComparison.Ordinal) ? tag[Yaml.Length..] : tag).TrimStart('!');
        if (name.StartsWith(Yaml, StringComparison.Ordinal)) name = name[Yaml.Length..];
        if (Harmless.Contains(name)) return;
        if (Array.Exists(Objects, name.StartsWith) || name.Contains("python/", StringComparison.Ordinal) || name.Contains("ruby/", StringComparison.Ordinal)) state.Report(JsonRules.PythonTag, item, $"the tag {tag}", at, tag);
        else state.Report(JsonRules.UnknownTag, item, $"the tag {tag}", at, tag);
    }
}
