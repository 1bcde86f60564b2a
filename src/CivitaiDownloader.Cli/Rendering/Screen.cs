using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Where a command prints: results to standard output, everything said about them to standard error.</summary>
internal sealed class Screen
{
    private const int WidthWhenRedirected = 120;

    private readonly bool _isQuiet;

    private Screen(bool isJson, bool isQuiet, bool isVerbose, bool mayColor)
    {
        (IsJson, _isQuiet, IsVerbose) = (isJson, isQuiet || isJson, isVerbose);
        Output = Console.Out;
        Error = Console.Error;
        var colors = mayColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        Ink = new(colors && !Console.IsOutputRedirected);
        ErrorInk = new(colors && !Console.IsErrorRedirected);
        ShowsProgress = !_isQuiet && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        IsOutputTerminal = !Console.IsOutputRedirected;
        Width = Console.IsOutputRedirected ? WidthWhenRedirected : WindowWidth();
        ErrorWidth = Console.IsErrorRedirected ? WidthWhenRedirected : WindowWidth();
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public Ink Ink { get; }

    public Ink ErrorInk { get; }

    public bool IsJson { get; }

    public bool IsVerbose { get; }

    /// <summary>Progress bars: only for somebody who watches.</summary>
    public bool ShowsProgress { get; }

    /// <summary>Whether somebody reads the results as they come, on lines that end somewhere.</summary>
    public bool IsOutputTerminal { get; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; }

    /// <summary>Columns where standard error goes.</summary>
    public int ErrorWidth { get; }

    public static Screen For(ParseResult parse) => For(parse, parse.GetValue(GlobalOptions.Json));

    public static Screen For(ParseResult parse, bool isJson) =>
        new(isJson, parse.GetValue(GlobalOptions.Quiet), parse.GetValue(GlobalOptions.Verbose), !parse.GetValue(GlobalOptions.NoColor));

    /// <summary>A line about what is done; silent with <c>--quiet</c> and <c>--json</c>.</summary>
    public void Say(string line)
    {
        if (!_isQuiet) Error.WriteLine(line);
    }

    /// <summary>Something that went less well than asked for; shown unless <c>--quiet</c>.</summary>
    public void Warn(string line) => Say($"{ErrorInk.Warn("warning:")} {VisibleText.OneLine(line, 2000)}");

    public void EndProgress() => Error.Flush();

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
