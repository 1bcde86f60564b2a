using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job report JOB --format json|csv|md</c></summary>
internal static class ReportJob
{
    private static readonly string[] Formats = ["json", "csv", "md"];
    private static readonly Argument<string> Job = JobArgument.One();
    private static readonly Option<string?> Format = new("--format") { Description = "json (the default), csv, or md.", HelpName = "FORMAT", CustomParser = Parsing.OneOf("format", Formats), CompletionSources = { Formats } };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Write it into this file instead of to standard output.", HelpName = "FILE" };

    public static Command Make()
    {
        var command = new DocumentedCommand("report", "Writes down what became of every item of a job.",
            [new("civitai-dl job report last --format csv --output job.csv", "A spreadsheet") { Exit = ExitCodes.NotFound }],
            "json is what `job show --json` prints; `job create --from` reads json and csv again.")
        {
            Job, Format, Output,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var job = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Job)!, cancellationToken);
        var format = invocation.Parse.GetValue(Format) switch { "csv" => JobExportFormat.Csv, "md" => JobExportFormat.Markdown, _ => JobExportFormat.Json };
        var store = invocation.Services.Get<IJobStore>();
        if (invocation.Parse.GetValue(Output) is not { } path)
        {
            await using var standard = StandardOutput.Open();
            await WriteAsync(standard);
            return ExitCodes.Done;
        }

        await WriteFileAsync(path, WriteAsync);
        invocation.Screen.Say($"The report is in '{Path.GetFullPath(path)}'.");
        return ExitCodes.Done;

        Task WriteAsync(Stream to) => JobExport.WriteAsync(store, job, format, to, cancellationToken);
    }

    private static async Task WriteFileAsync(string path, Func<Stream, Task> write)
    {
        if (path.Length == 0) throw new UsageException("usage", "--output is empty") { Hint = "Give a file name. Nothing was done." };
        try
        {
            await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            await write(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("report-not-writable", $"'{VisibleText.OneLine(path, 300)}' cannot be written: {DiskReason.Of(refused)}") { Hint = "Choose another file with --output. The job was not touched.", ExitCode = ExitCodes.OfDisk(refused) };
        }
    }
}
