using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Which files of a version a job takes.</summary>
/// <param name="LeftOutBy">The rule that leaves no file, as its option is called; null when some are left.</param>
internal sealed record FileSelection(IReadOnlyList<ModelFile> Files, string? LeftOutBy)
{
    /// <param name="what">What the version is called in an error.</param>
    /// <exception cref="CatalogException">It has no files.</exception>
    public static FileSelection Of(ModelVersion version, string what, PlanRules rules)
    {
        if (version.Files.Count == 0) throw CatalogErrors.NoFiles(what);
        IReadOnlyList<ModelFile> files = version.Files;
        foreach (var (rule, admits) in Rules(rules))
        {
            files = [.. files.Where(admits)];
            if (files.Count == 0) return new([], rule);
        }

        // Format and precision were looked at above, where a name tells what the site does not say.
        return rules.AllFiles ? new(files, null) : new([FileChoice.Choose(version with { Files = files }, what, rules.Preferences with { Format = null, Precision = null })], null);
    }

    /// <summary>Of a file that was named itself.</summary>
    public static FileSelection Of(ModelFile file, PlanRules rules) =>
        Rules(rules).Where(rule => !rule.Admits(file)).Select(rule => rule.Name).FirstOrDefault() is { } against ? new([], against) : new([file], null);

    private static IEnumerable<(string Name, Func<ModelFile, bool> Admits)> Rules(PlanRules rules)
    {
        if (rules.SkipNames.Count > 0) yield return ("skip-name", file => !rules.SkipNames.Any(name => name.Matches(file.Name)));
        if (rules.Preferences.Format is { } format) yield return ("format", file => format.Equals(file.Format, StringComparison.OrdinalIgnoreCase) || (file.IsSafeTensor && format.Equals("SafeTensor", StringComparison.OrdinalIgnoreCase)));
        if (rules.Preferences.Precision is { } precision) yield return ("precision", file => precision.Equals(file.Precision, StringComparison.OrdinalIgnoreCase));
        if (rules.OnlySafeTensors) yield return ("only-safetensors", file => file.IsSafeTensor);
        if (rules.MaxFileBytes is { } most) yield return ("max-file-size", file => file.EstimatedBytes <= most);
    }
}
