using System.Reflection;
using System.Text.RegularExpressions;
using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>Holds the tables of quirks and faults to what there is.</summary>
public sealed partial class QuirkTableTests
{
    private static readonly string Table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sandbox.md"));
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "CivitaiDownloader.Sandbox", "README.md"));

    [Fact]
    public void Every_quirk_names_tests_that_there_are()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes().Where(type => type.Name.EndsWith("Tests", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}")).ToHashSet();
        var rows = Table.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToArray();

        Assert.True(rows.Length > 40);
        Assert.All(rows, row => Assert.NotEmpty(Named().Matches(row)));
        Assert.All(rows.SelectMany(row => Named().Matches(row).Select(match => match.Groups[1].Value)), test => Assert.Contains(test, tests));
    }

    [Fact]
    public void Every_kind_of_fault_is_documented()
    {
        foreach (var name in Enum.GetNames<FaultKind>()) Assert.Contains($"`{Capital().Replace(name, "-$0").TrimStart('-').ToLowerInvariant()}`", Readme);
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
