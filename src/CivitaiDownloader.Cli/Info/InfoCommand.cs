using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Info;

/// <summary><c>civitai-dl info TARGET</c></summary>
internal static class InfoCommand
{
    private static readonly string[] Uses = ["auto", "always", "never"];

    private static readonly Argument<string> Target = new("TARGET") { Description = "A model id, MODEL@VERSION, a page or download address, an AIR, a hash, a file, or - for a list on standard input." };
    private static readonly Option<bool> AllVersions = new("--all-versions") { Description = "Every version in full, not the first three." };
    private static readonly Option<bool> Full = new("--full") { Description = "Whole descriptions, and the address of every preview." };
    private static readonly Option<bool> Words = new("--words") { Description = "Only the trained words, one entry a line, to copy or to pipe." };
    private static readonly Option<bool> Open = new("--open") { Description = "Open the page in the browser." };
    private static readonly Option<string?> Preview = new("--preview") { Description = $"Draw a preview picture: {string.Join(", ", Uses)}. Default auto: where the terminal draws pictures (kitty, iTerm or sixel graphics).", HelpName = "WHEN", CustomParser = Parsing.OneOf("time to draw", Uses), CompletionSources = { Uses } };
    private static readonly Option<bool> Nsfw = new("--nsfw") { Description = "The picture may be of any rating." };

    public static Command Make()
    {
        var command = new DocumentedCommand("info", "Shows a model: its versions, files, hashes, licence, who may download it, and what is in the library.",
            [
                new("civitai-dl info 4201"),
                new("civitai-dl info 4227@42272", "One version in full"),
                new("civitai-dl info 4201 --words", "Its trained words, to copy"),
                new("civitai-dl search ink --limit 2 --json | civitai-dl info - --json", "Everything about what was found"),
            ],
            "What Civitai's own scan says is shown as its word: it also calls files clean that it never opened.\n\n" + TargetInput.Forms,
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Refused, ExitCodes.NotFound, ExitCodes.Network, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Target, AllVersions, Full, Words, Open, Preview, Nsfw,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var text = invocation.Parse.GetValue(Target)!;
        var targets = await TargetInput.ReadAsync([text], new(invocation.Services.Http.Endpoint), invocation.Screen, cancellationToken);
        if (invocation.IsJson) await WriteJsonAsync([.. targets.Select(target => target.Target)], text == TargetInput.List, invocation, cancellationToken);
        for (var index = 0; index < targets.Count && !invocation.IsJson; index++)
        {
            if (index > 0 && !invocation.Parse.GetValue(Words)) invocation.Screen.Output.WriteLine("\n");
            await ShowAsync(targets[index].Target, invocation, cancellationToken);
        }

        return ExitCodes.Done;
    }

    private static async Task ShowAsync(Target target, Invocation invocation, CancellationToken cancellationToken)
    {
        var (parse, screen, services) = (invocation.Parse, invocation.Screen, invocation.Services);
        TargetInput.SayIfSlow(target, screen);
        if (parse.GetValue(Words))
        {
            WriteWords(await services.Targets.FindAsync(target, invocation.Cache, cancellationToken) is { Version: { } version } ? TrainedWords.Clean(version.TrainedWords) : [], screen);
            return;
        }

        var facts = await InfoFacts.LoadAsync(services, target, invocation.Cache, cancellationToken);
        if (facts.Shown is { } shown) await new InfoPicture(screen, services).DrawAsync(shown, Use(parse), parse.GetValue(Nsfw), cancellationToken);
        new InfoPage(screen, services, parse.GetValue(Full) ? InfoLength.Full : InfoLength.Usual).Write(facts, parse.GetValue(AllVersions));
        screen.Output.Flush();
        if (parse.GetValue(Open)) await OpenAsync(facts.Page, invocation, cancellationToken);
    }

    private static void WriteWords(IReadOnlyList<string> words, Screen screen)
    {
        foreach (var word in words) screen.Output.WriteLine(word);
        if (words.Count == 0) screen.Say("Its creator named no words.");
    }

    // One target, one model; a list, a list: what `get -` reads back.
    private static async Task WriteJsonAsync(IReadOnlyList<Target> targets, bool isList, Invocation invocation, CancellationToken cancellationToken)
    {
        var writer = new InfoJson(invocation.Services);
        var facts = isList ? null : await InfoFacts.LoadAsync(invocation.Services, targets[0], invocation.Cache, cancellationToken);
        using (var output = new JsonOutput())
        {
            if (facts is not null) writer.Write(output.Writer, facts);
            else await WriteListAsync(targets, writer, output, invocation, cancellationToken);
        }

        if (facts is not null && invocation.Parse.GetValue(Open)) await OpenAsync(facts.Page, invocation, cancellationToken);
    }

    private static async Task WriteListAsync(IReadOnlyList<Target> targets, InfoJson writer, JsonOutput output, Invocation invocation, CancellationToken cancellationToken)
    {
        output.Writer.WriteStartObject();
        output.Writer.WriteStartArray("items");
        try
        {
            foreach (var target in targets) writer.Write(output.Writer, await InfoFacts.LoadAsync(invocation.Services, target, invocation.Cache, cancellationToken));
        }
        finally
        {
            output.Writer.WriteEndArray(); // cut short by an error, it is still a document
            output.Writer.WriteEndObject();
        }
    }

    private static async Task OpenAsync(Uri page, Invocation invocation, CancellationToken cancellationToken)
    {
        if (await new Browser(invocation.Services.Time).OpenAsync(page, cancellationToken) is { } why) invocation.Screen.Warn($"No browser was opened ({why}). The page is {page.AbsoluteUri}");
    }

    private static PreviewUse Use(ParseResult parse) => Enum.Parse<PreviewUse>(parse.GetValue(Preview) ?? "auto", ignoreCase: true);
}
