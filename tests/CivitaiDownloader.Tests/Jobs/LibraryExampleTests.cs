using CivitaiDownloader.Sandbox;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

public sealed class LibraryExampleTests
{
    [Fact]
    public void The_documented_example_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "CivitaiDownloader.Tests", "Jobs", "LibraryExample.cs"));
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api", "jobs.md"));

        Assert.Equal(Between(source, "#region example\n", "#endregion"), Between(document, "```csharp\n", "```"));
    }

    [Fact]
    public async Task The_documented_example_runs()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 60 }, TestContext.Current.CancellationToken);
        using var folder = new TemporaryFolder();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Http:Endpoint", sandbox.Api.AbsoluteUri), new("Library:Root", folder["library"])]).Build();
        var output = new StringWriter { NewLine = "\n" };

        await JobsExample.RunAsync(settings, key: null, folder["example.db"], TextWriter.Synchronized(output), TestContext.Current.CancellationToken);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.StartsWith("5 files, ", lines[0]);
        Assert.Equal("0 left", lines.Last(line => line.EndsWith(" left", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("Completed: ", StringComparison.Ordinal));
        Assert.EndsWith(" bytes of CSV", lines[^1]);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
