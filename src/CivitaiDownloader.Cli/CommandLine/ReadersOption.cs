using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary><c>--readers N</c>, for commands that read many files.</summary>
internal static class ReadersOption
{
    private const int Most = 64;

    public static Option<int?> Make() => new("--readers")
    {
        Description = "Files read at a time. Default one for each core; 1 is faster on a disk that turns.", HelpName = "N", CustomParser = Parse,
    };

    public static int Readers(this ParseResult parse, Option<int?> option) => parse.GetValue(option) ?? Environment.ProcessorCount;

    private static int? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var readers) && readers is >= 1 and <= Most) return readers;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a number of readers: give 1 to {Most}, or leave --readers out for one for each core.");
        return null;
    }
}
