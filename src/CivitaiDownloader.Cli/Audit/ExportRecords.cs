using System.CommandLine;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Audit;

/// <summary><c>civitai-dl audit export [--output FILE]</c></summary>
internal static class ExportRecords
{
    private const int BufferBytes = 64 * 1024;

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Write them into this file, which must not be there yet, instead of to standard output. Only its owner can read it.", HelpName = "FILE" };

    public static Command Make()
    {
        var command = new DocumentedCommand("export", "Writes the whole audit log as JSON, one record a line.",
            [new("civitai-dl audit export --output audit.jsonl", "Into a file, to be kept elsewhere")],
            "Each line has its hash and the one before it: docs/formats/audit.md says how to verify them without this program. It is written as it stands; `audit verify` says whether it is whole.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.NoSpace, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Output,
        };
        command.SetAction(Invocation.Action((invocation, cancellationToken) => Task.FromResult(Run(invocation, cancellationToken))));
        return command;
    }

    private static int Run(Invocation invocation, CancellationToken cancellationToken)
    {
        var log = invocation.Services.Get<AuditLog>();
        if (invocation.Parse.GetValue(Output) is not { } path)
        {
            using var standard = new BufferedStream(StandardOutput.Open(), BufferBytes);
            _ = Write(standard);
            return ExitCodes.Done;
        }

        var count = WriteFile(path, Write);
        invocation.Screen.Say($"{Quantity.Of(count, "record")} in '{VisibleText.OneLine(Path.GetFullPath(path), 4096)}'.");
        return ExitCodes.Done;

        long Write(Stream to)
        {
            long written = 0;
            AuditJson.WriteLines(to, take => log.Read(new(), record =>
            {
                take(record);
                written++;
            }, cancellationToken));
            return written;
        }
    }

    private static long WriteFile(string path, Func<Stream, long> write)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new UsageException("usage", "--output is empty") { Hint = "Give a file name. Nothing was done." };
        // Nothing is written over: it might be an earlier export, which is evidence.
        if (Path.Exists(path)) throw new UsageException("export-exists", $"'{VisibleText.OneLine(path)}' is there already") { Hint = "Give a name that is not taken with --output. Nothing was written, and that file was not touched." };
        var isBegun = false;
        try
        {
            using var file = new BufferedStream(OwnerOnly.Create(path), BufferBytes);
            isBegun = true;
            return write(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (isBegun) File.Delete(path);
            throw new UsageException("export-not-writable", $"'{VisibleText.OneLine(path)}' cannot be written: {DiskReason.Of(refused)}") { Hint = "Choose another file with --output. The log was not touched.", ExitCode = ExitCodes.OfDisk(refused) };
        }
        catch (Exception) when (isBegun)
        {
            File.Delete(path); // cut short: what is there is not the whole log
            throw;
        }
    }
}
