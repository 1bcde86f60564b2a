using System.Text.RegularExpressions;
using Xunit;

namespace CivitaiDownloader.Tests.Architecture;

/// <summary>Reads the sources and holds them to the picture in docs/architecture.md.</summary>
public sealed partial class DependencyTests
{
    // A new name on the right needs a decision record first.
    private static readonly Dictionary<string, string> MayUse = new()
    {
        ["Primitives"] = "",
        ["Storage"] = "Primitives",
        ["Http"] = "Primitives Storage",
        ["Catalog"] = "Primitives Storage Http",
        ["Transfer"] = "Primitives Storage Http",
        ["Audit"] = "Primitives Storage",
        ["Scanning"] = "Primitives Storage",
        ["Library"] = "Primitives Storage Audit",
        ["Jobs"] = "Primitives Storage Http Catalog Transfer Audit Scanning Tuning Library",
    };

    private static readonly Dictionary<string, string> ProjectMayUse = new()
    {
        ["CivitaiDownloader"] = "",
        ["CivitaiDownloader.Sandbox"] = "CivitaiDownloader",
        ["CivitaiDownloader.Cli"] = "CivitaiDownloader CivitaiDownloader.Sandbox",
    };

    private static readonly string[] BannedFolders = ["Utils", "Helpers", "Common", "Managers", "Models", "Services"];

    [Fact]
    public void Every_feature_uses_only_the_features_below_it()
    {
        var library = Path.Combine(Repository.Root, "src", "CivitaiDownloader");
        var wrong = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories(library).Where(HasSources))
        {
            var feature = Path.GetFileName(folder);
            if (feature is "bin" or "obj") continue;
            if (!MayUse.TryGetValue(feature, out var allowed))
            {
                wrong.Add($"{feature} is not in the table");
                continue;
            }

            var free = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(feature).ToHashSet();
            foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match use in FeatureName().Matches(File.ReadAllText(file)))
                {
                    if (!free.Contains(use.Groups[1].Value)) wrong.Add($"{Path.GetRelativePath(library, file)} uses {use.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        var wrong = new List<string>();
        foreach (var project in ProjectMayUse.Keys)
        {
            var root = Path.Combine(Repository.Root, "src", project);
            foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
            {
                var folder = Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Replace(Path.DirectorySeparatorChar, '.');
                if (folder.StartsWith("obj", StringComparison.Ordinal) || folder.StartsWith("bin", StringComparison.Ordinal)) continue;
                var expected = folder.Length == 0 ? project : $"{project}.{folder}";
                var actual = NamespaceLine().Match(File.ReadAllText(file));
                if (actual.Success && actual.Groups[1].Value != expected) wrong.Add($"{file}: {actual.Groups[1].Value}, expected {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Projects_refer_only_to_the_ones_below_them()
    {
        foreach (var (project, allowed) in ProjectMayUse)
        {
            var file = File.ReadAllText(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
            var uses = ProjectReference().Matches(file).Select(m => m.Groups[1].Value).ToArray();

            Assert.Subset(allowed.Split(' ').ToHashSet(), uses.ToHashSet());
        }
    }

    [Fact]
    public void No_folder_is_a_drawer_for_what_has_no_place() => Assert.DoesNotContain(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories),
        folder => BannedFolders.Contains(Path.GetFileName(folder)));

    [Fact]
    public void Transfer_has_never_heard_of_Civitai()
    {
        var folder = Path.Combine(Repository.Root, "src", "CivitaiDownloader", "Transfer");
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file).Replace("CivitaiDownloader", "", StringComparison.Ordinal)
                .Replace("civitai-dl", "", StringComparison.Ordinal); // our own name, in hints

            Assert.False(text.Contains("civitai", StringComparison.OrdinalIgnoreCase), Path.GetFileName(file));
        }
    }

    private static bool HasSources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any();

    [GeneratedRegex(@"CivitaiDownloader\.(Primitives|Storage|Audit|Http|Catalog|Transfer|Scanning|Tuning|Library|Jobs|Analytics|Reports)\b")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
