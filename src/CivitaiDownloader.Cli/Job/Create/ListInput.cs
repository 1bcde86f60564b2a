using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>Reads the lists of a job.</summary>
internal static class ListInput
{
    /// <summary>What messages call a list: harmless.</summary>
    public static string NameOf(string list) => list == TargetInput.List ? "Standard input" : $"'{VisibleText.OneLine(list)}'";

    /// <exception cref="SourceException">It cannot be read, is empty, or is no list.</exception>
    public static async Task<ListRead> ReadAsync(string list, TargetParser parser, Screen screen, CancellationToken cancellationToken)
    {
        if (list != TargetInput.List) return await new TargetList(parser).ReadFileAsync(list, cancellationToken);
        if (!Console.IsInputRedirected) screen.Say("Reading targets, one a line; end with Ctrl-D (Ctrl-Z and Enter on Windows).");
        await using var input = Console.OpenStandardInput();
        // A terminal's read cannot be cancelled: leave it behind.
        return await Task.Run(() => new TargetList(parser).ReadTolerantlyAsync(input, NameOf(list), cancellationToken), cancellationToken).WaitAsync(cancellationToken);
    }
}
