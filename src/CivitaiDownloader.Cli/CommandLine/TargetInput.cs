using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>Targets as a command is given them: on the command line, and in place of <c>-</c> as a list on standard input.</summary>
internal static class TargetInput
{
    public const string List = "-";

    /// <summary>For the notes of commands that take targets.</summary>
    public const string Forms = "A TARGET is a model (4201, or model:4201), a version (4201@42010, or version:42010), one file of it (4201@42010+420100), a page or download "
        + "address of civitai.com, .red or .green, an AIR (urn:air:…), a hash (sha256:…, blake3:…, autov1:…, autov2:…, autov3:…, crc32:…; without its kind where the digits tell), "
        + "a file on disk, whose content is looked up, or - for a list on standard input: one a line with # comments, or what search, info and get print in any form for programs "
        + "(--json, --jsonl, --format ids, simple or csv).";

    private const long WorthMentioning = 256L << 20;

    /// <returns>Empty only when a list was asked for and has none, as that of a search that found nothing: then there is nothing to do, and that was said.</returns>
    /// <exception cref="FormatException">A text, or a line of the list, is no target.</exception>
    /// <exception cref="UsageException">The list was to be typed, and nothing was.</exception>
    public static async Task<IReadOnlyList<ListedTarget>> ReadAsync(IReadOnlyList<string> texts, TargetParser parser, Screen screen, CancellationToken cancellationToken)
    {
        if (texts.Count(text => text == List) > 1) throw new UsageException("usage", "'-' is given twice, and there is one standard input") { Hint = "Nothing was done." };
        var targets = new List<ListedTarget>();
        foreach (var text in texts)
        {
            if (text == List) targets.AddRange(await ReadListAsync(parser, screen, cancellationToken));
            else targets.Add(new(parser.Parse(text), TargetText.WithoutSecrets(text), 0));
        }

        if (targets.Count == 0) screen.Say("There is nothing to do.");
        return targets;
    }

    /// <summary>A large file is hashed for a while before anything else is seen.</summary>
    public static void SayIfSlow(Target target, Screen screen)
    {
        if (target is Target.ByPath { Path: var path } && new FileInfo(path) is { Exists: true, Length: >= WorthMentioning and var length })
            screen.Say($"Computing the SHA-256 of '{VisibleText.OneLine(path)}' ({ByteSize.Format(length)}) …");
    }

    private static async Task<IReadOnlyList<ListedTarget>> ReadListAsync(TargetParser parser, Screen screen, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected) screen.Say("Reading targets, one a line; end with Ctrl-D (Ctrl-Z and Enter on Windows).");
        await using var input = Console.OpenStandardInput();
        // A terminal's read cannot be cancelled: leave it behind.
        var targets = await Task.Run(() => new TargetList(parser).ReadAsync(input, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        if (targets.Count > 0) return targets;
        if (!Console.IsInputRedirected) throw new UsageException("usage", "The list on standard input is empty") { Hint = "Give one target a line. Nothing was done." };
        screen.Say("The list on standard input is empty.");
        return targets;
    }
}
