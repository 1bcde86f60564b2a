using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;

namespace CivitaiDownloader.Cli.Audit;

/// <summary><c>civitai-dl audit</c>: what was decided about files, and proof that nobody changed it since.</summary>
internal static class AuditCommand
{
    public static Command Make() => new DocumentedCommand("audit", "Shows, checks and exports the log of what was decided about files.",
        [new("civitai-dl audit list --since 30d", "What was decided in the last month")],
        "Every new verdict of `scan` is in it. It is only ever appended to, and each record carries the hash of the one before: docs/formats/audit.md.")
    {
        ListRecords.Make(), VerifyLog.Make(), ExportRecords.Make(),
    };
}
