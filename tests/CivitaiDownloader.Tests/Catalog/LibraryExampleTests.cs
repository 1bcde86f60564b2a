using CivitaiDownloader.Sandbox;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class LibraryExampleTests
{
    [Fact]
    public void The_documented_example_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "CivitaiDownloader.Tests", "Catalog", "LibraryExample.cs"));
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api", "catalog.md"));

        Assert.Equal(Between(source, "#region example\n", "#endregion"), Between(document, "```csharp\n", "```"));
    }

    [Fact]
    public async Task The_documented_example_runs()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 20 }, TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Http:Endpoint", sandbox.Api.AbsoluteUri)]).Build();
        var output = new StringWriter { NewLine = "\n" };

        await LibraryExample.RunAsync(settings, key: null, folder["example.db"], output, TestContext.Current.CancellationToken);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal("3 of 1 page(s), 0 could not be read", lines[3]);
        Assert.StartsWith("inkwash_v1.safetensors: ", lines[4]);
        Assert.EndsWith(" is version 42010 of model 4201", lines[5]);
        Assert.StartsWith("picture 4201", lines[6]);
        Assert.StartsWith("not-found: Model 999 was not found", lines[^1]);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
