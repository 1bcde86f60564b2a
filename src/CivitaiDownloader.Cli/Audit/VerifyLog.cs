using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Audit;

/// <summary><c>civitai-dl audit verify</c></summary>
internal static class VerifyLog
{
    private static readonly Option<ContentHash?> Head = new("--head") { Description = "A head that an earlier `audit verify` printed and that you kept elsewhere: the log has to lead on from it.", HelpName = "HASH", CustomParser = ParseHead };

    public static Command Make()
    {
        var command = new DocumentedCommand("verify", "Says whether the audit log is as it was written.",
            [
                new("civitai-dl audit verify", "The whole log"),
                new("civitai-dl audit verify --head 0000000000000000000000000000000000000000000000000000000000000000 --json", "Against a head kept elsewhere (this one is of an empty log), for a program"),
            ],
            "Reads every record: a row that was edited, deleted, exchanged, put in or cut off at the end is named. "
            + "Whoever can write the database and audit.head beside it can make the whole log anew: keep the printed head elsewhere, and ask for it with --head. "
            + "Exit 0 when the log is whole, 7 when it is damaged.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Damaged, ExitCodes.NoSpace, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Head,
        };
        command.SetAction(Invocation.Action((invocation, cancellationToken) => Task.FromResult(Run(invocation, cancellationToken))));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken cancellationToken)
    {
        var screen = invocation.Screen;
        var found = invocation.Services.Get<AuditVerifier>().Verify(invocation.Parse.GetValue(Head), cancellationToken);
        if (invocation.IsJson) AuditJson.Write(found);
        else Write(found, screen);
        if (found.IsWhole) return ExitCodes.Done;
        var others = found.Problems.Count + found.ProblemsLeftOut - 1;
        return ErrorWriter.Write(new("audit-damaged", $"The audit log is damaged: {found.Problems[0].Message}{(others > 0 ? $", and {Quantity.Number(others)} more" : "")}",
            "What stands before the first of these is as it was written. Compare the log with an export or a head that was kept elsewhere (--head), and with the files themselves: `civitai-dl scan --no-cache PATH`. Nothing was changed.", ExitCodes.Damaged), screen);
    }

    private static void Write(AuditVerification found, Screen screen)
    {
        screen.Output.WriteLine($"{(found.IsWhole ? screen.Ink.Good("whole") : screen.Ink.Bad("damaged"))}, {Quantity.Of(found.Count, "record")}");
        screen.Output.WriteLine($"head {found.Head}");
        foreach (var problem in found.Problems) screen.Print($"{AuditJson.Code(problem.Kind)}: {problem.Message}", hang: 2);
        if (found.ProblemsLeftOut > 0) screen.Print($"… and {Quantity.Number(found.ProblemsLeftOut)} more.");
        screen.Output.Flush();
        if (found.AskedFor is { } asked) screen.Say(asked == 0 ? "The head you gave is the beginning of every log." : $"The head you gave is that of record {Quantity.Number(asked)}; all up to it is as it was then.");
        if (found.BehindHead > 0) screen.Say($"{Quantity.Of(found.BehindHead, "record")} at the end {(found.BehindHead == 1 ? "is" : "are")} not in audit.head yet: whoever wrote them is at work or was killed. The next record puts that right.");
    }

    private static ContentHash? ParseHead(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.Trim();
        if (ContentHash.TryParse(HashKind.Sha256, text, out var hash)) return hash;
        result.AddError($"'{VisibleText.OneLine(text, 80)}' is not a head: give the 64 hexadecimal digits that `civitai-dl audit verify` prints.");
        return null;
    }
}
