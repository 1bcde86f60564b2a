using System.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>A command line that cannot be understood.</summary>
internal static class UsageMistake
{
    public static int Report(ParseResult parse, string[] args)
    {
        var command = Path(parse.CommandResult.Command);
        var mistakes = string.Join(" ", parse.Errors.Select(error => error.Message).Distinct());
        var report = new ErrorReport("usage", VisibleText.OneLine(mistakes, 1000), $"`{command} --help` shows what is allowed. Nothing was done.", ExitCodes.Usage);
        return ErrorWriter.Write(report, Screen.For(parse, args.Contains("--json")));
    }

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "civitai-dl";
}
