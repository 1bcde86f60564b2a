using System.Reflection;
using System.Text.RegularExpressions;
using CivitaiDownloader.Catalog;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>docs/api/catalog.md against the library.</summary>
public sealed partial class LibraryPageTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "api", "catalog.md"));

    private static readonly string[][] Lines = [.. Page.Select(Named)];

    private static IEnumerable<Type> Types => typeof(CivitaiCatalog).Assembly.GetExportedTypes().Where(type => !type.IsNested && type.Namespace!.StartsWith("CivitaiDownloader.Catalog", StringComparison.Ordinal));

    [Fact]
    public void Every_public_type_of_the_catalogue_is_named() =>
        Assert.All(Types.Select(type => type.Name), name => Assert.True(Lines.Any(line => line.Contains(name)), $"{name} is not named"));

    [Fact]
    public void Every_member_that_can_be_called_is_named_beside_its_type() =>
        Assert.All(Types.SelectMany(Members), member => Assert.True(Lines.Any(line => line.Contains(member.Type) && line.Contains(member.Name)), $"{member.Type}.{member.Name} is not named"));

    [Fact]
    public void Every_member_that_is_named_beside_a_type_exists()
    {
        var rows = Page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(Named);
        var known = Types.SelectMany(type => type.GetMembers(Own).Select(member => member.Name.Replace("get_", "", StringComparison.Ordinal)).Append(type.Name)).Append("Database").Append("Open").ToHashSet();

        Assert.All(rows.SelectMany(line => line).Where(word => char.IsAsciiLetterUpper(word[0])), word => Assert.True(known.Contains(word), $"{word} does not exist"));
    }

    // The words that stand in code.
    private static string[] Named(string line) => [.. Code().Matches(line).SelectMany(span => Word().Matches(span.Value)).Select(word => word.Value)];

    // What a record holds its own comments say; of the rest, everything.
    private static IEnumerable<(string Type, string Name)> Members(Type type)
    {
        if (type.IsEnum) yield break;
        foreach (var method in type.GetMethods(Own).Where(method => !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose) && (!IsRecord(type) || IsOwnStatic(method)))) yield return (type.Name, method.Name.Replace("get_", "", StringComparison.Ordinal)); // of an extension
        if (IsRecord(type)) yield break;
        foreach (var property in type.GetProperties(Own).Where(property => property.GetMethod!.GetBaseDefinition() == property.GetMethod)) yield return (type.Name, property.Name);
        foreach (var constant in type.GetFields(Own)) yield return (type.Name, constant.Name);
    }

    private static bool IsOwnStatic(MethodInfo method) => method.IsStatic && !method.Name.StartsWith('<');

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
