using System.CommandLine;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Search;

namespace CivitaiDownloader.Cli.Audit;

/// <summary><c>civitai-dl audit list</c></summary>
internal static class ListRecords
{
    private const int MostShown = 100;

    private static readonly string[] Kinds = [.. Enum.GetNames<AuditKind>().Select(name => name.ToLowerInvariant())];
    private static readonly Option<Moment?> Since = new("--since") { Description = "Records of this time (2026-01-31, UTC) or later, or of the last 12h, 30d, 2w, 6m or 1y.", HelpName = "DATE", CustomParser = Moment.Parse };
    private static readonly Option<string?> Kind = new("--kind") { Description = "Records of one kind.", HelpName = "KIND", CustomParser = Parsing.OneOf("kind", Kinds), CompletionSources = { Kinds } };
    private static readonly Option<bool> All = new("--all") { Description = "All of them, not only the newest 100." };

    public static Command Make()
    {
        var command = new DocumentedCommand("list", "Lists what was decided about files, the newest last.",
            [
                new("civitai-dl audit list"),
                new("civitai-dl audit list --since 30d --kind verdict --json", "The verdicts of the last month, for a program"),
            ],
            "verdict: a scan came to it. release: let out of quarantine. delete: a condemned file was deleted. policy: what is refused was changed. override: somebody had their way against a verdict. "
            + "damage: the log was found cut when something was to be appended. Times are UTC. --json has all records that fit, whole.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.NoSpace, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Since, Kind, All,
        };
        command.SetAction(Invocation.Action((invocation, cancellationToken) => Task.FromResult(Run(invocation, cancellationToken))));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken cancellationToken)
    {
        var (screen, parse, services) = (invocation.Screen, invocation.Parse, invocation.Services);
        var query = new AuditQuery
        {
            Since = parse.GetValue(Since)?.Resolve(services.Time.GetUtcNow()),
            Kind = parse.GetValue(Kind) is { } kind ? Enum.Parse<AuditKind>(kind, ignoreCase: true) : null,
        };
        var log = services.Get<AuditLog>();
        if (invocation.IsJson)
        {
            AuditJson.WriteList(take => log.Read(query, take, cancellationToken));
            return ExitCodes.Done;
        }

        var table = new AuditTable(screen);
        log.Read(query with { Newest = parse.GetValue(All) ? null : MostShown }, table.Write, cancellationToken);
        screen.Output.Flush();
        if (table.Rows == 0) screen.Say(query == new AuditQuery() ? "The audit log is empty: `civitai-dl scan` writes its verdicts there." : "There is no such record.");
        if (table.Rows == MostShown && log.Count(query) is > MostShown and var count) screen.Say($"{Quantity.Of(count - MostShown, "older record")}: --all shows them.");
        return ExitCodes.Done;
    }
}
