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

    private Screen(Screen screen, TextWriter output, TextWriter error)
    {
        (IsJson, _isQuiet, IsVerbose, Ink, ErrorInk) = (screen.IsJson, screen._isQuiet, screen.IsVerbose, screen.Ink, screen.ErrorInk);
        (ShowsProgress, IsOutputTerminal, Width, ErrorWidth) = (screen.ShowsProgress, screen.IsOutputTerminal, screen.Width, screen.ErrorWidth);
        (Output, Error) = (output, error);
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

    /// <summary>The same screen for one of several that speak at once: what it prints goes elsewhere first.</summary>
    public Screen Through(TextWriter output, TextWriter error) => new(this, output, error);

    public static Screen For(ParseResult parse) => For(parse, parse.GetValue(GlobalOptions.Json));

    public static Screen For(ParseResult parse, bool isJson) =>
        new(isJson, parse.GetValue(GlobalOptions.Quiet), parse.GetValue(GlobalOptions.Verbose), !parse.GetValue(GlobalOptions.NoColor));

    /// <summary>Whether <see cref="Say"/> is heard.</summary>
    public bool Says => !_isQuiet;

    /// <summary>A sentence about what is done; silent with <c>--quiet</c> and <c>--json</c>.</summary>
    public void Say(string text)
    {
        if (!_isQuiet) Complain(text);
    }

    /// <summary>The same for a line that is one thing, such as a path that may hold blanks: it is never broken.</summary>
    public void SayWhole(string line)
    {
        if (!_isQuiet) Error.WriteLine(line);
    }

    /// <summary>A sentence to standard error that nothing silences.</summary>
    public void Complain(string text)
    {
        foreach (var line in Flow.Lines(text, Console.IsErrorRedirected ? null : ErrorWidth)) Error.WriteLine(line);
    }

    /// <summary>A sentence that is a result.</summary>
    /// <param name="hang">How far the lines after the first are indented beyond its own blanks.</param>
    public void Print(string text, int hang = 0)
    {
        foreach (var line in Flow.Lines(text, IsOutputTerminal ? Width : null, hang)) Output.WriteLine(line);
    }

    /// <summary>Whether everything said stands on the same terminal as the results, so that what was said need not be repeated.</summary>
    public bool ShowsWhatIsSaid => !_isQuiet && IsOutputTerminal && !Console.IsErrorRedirected;

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
