using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>How output is shown.</summary>
internal sealed class TerminalCheck() : Check("terminal")
{
    private const int Utf8 = 65001;

    public override Task<CheckResult> RunAsync(Diagnosis diagnosis, CancellationToken cancellationToken)
    {
        var screen = diagnosis.Screen;
        var terminal = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } name ? $" (TERM={VisibleText.OneLine(name, 40)})" : "";
        var encoding = Console.OutputEncoding;
        var said = $"{(Console.IsOutputRedirected ? "Output goes to a file or a pipe" : "Output goes to a terminal")}{terminal}, {screen.Width} columns, colours {(screen.Ink.IsOn ? "on" : "off")}, {encoding.WebName}";
        return Task.FromResult(encoding.CodePage == Utf8
            ? CheckResult.Ok(said)
            : CheckResult.Warning(said, "Names in other scripts show as '?'. Set a UTF-8 locale, such as LANG=C.UTF-8. Files are named rightly all the same."));
    }
}
