using System.Globalization;

namespace CivitaiDownloader.Cli.Rendering;

internal enum PictureProtocol
{
    None,

    /// <summary>kitty's: PNG only.</summary>
    Kitty,

    /// <summary>iTerm2's inline images: any picture the terminal itself can read.</summary>
    ITerm,
}

/// <summary>Draws pictures in terminals that can. Which can is told by their environment; nothing is asked, so nothing waits for an answer.</summary>
internal static class TerminalPictures
{
    private const int Rows = 14;
    private const int KittyPiece = 4096; // of base64, the protocol's limit

    /// <param name="variable">Reads a variable of the environment.</param>
    public static PictureProtocol Detect(Func<string, string?> variable)
    {
        var terminal = variable("TERM") ?? "";
        var program = variable("TERM_PROGRAM") ?? "";
        // What stands between would have to pass it on, and does not unless told to.
        if (Has("TMUX") || Has("STY") || terminal.StartsWith("screen", StringComparison.Ordinal) || terminal.StartsWith("tmux", StringComparison.Ordinal) || terminal == "dumb") return PictureProtocol.None;
        if (program is "iTerm.app" or "WezTerm" or "mintty" or "rio" || variable("LC_TERMINAL") == "iTerm2" || Has("WEZTERM_EXECUTABLE") || IsRecentKonsole()) return PictureProtocol.ITerm;
        if (Has("KITTY_WINDOW_ID") || terminal is "xterm-kitty" or "xterm-ghostty" || program == "ghostty") return PictureProtocol.Kitty;
        return PictureProtocol.None;

        bool Has(string name) => variable(name) is { Length: > 0 };

        bool IsRecentKonsole() => int.TryParse(variable("KONSOLE_VERSION"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 220400;
    }

    /// <returns>False when the protocol cannot carry this kind of picture.</returns>
    public static bool TryDraw(PictureProtocol protocol, byte[] picture, bool isPng, TextWriter output)
    {
        switch (protocol)
        {
            case PictureProtocol.ITerm:
                output.Write($"\u001b]1337;File=inline=1;height={Rows};preserveAspectRatio=1;size={picture.Length}:{Convert.ToBase64String(picture)}\u0007\n");
                return true;
            case PictureProtocol.Kitty when isPng:
                DrawKitty(Convert.ToBase64String(picture), output);
                return true;
            default:
                return false;
        }
    }

    private static void DrawKitty(string text, TextWriter output)
    {
        for (var at = 0; at < text.Length; at += KittyPiece)
        {
            var more = at + KittyPiece < text.Length ? 1 : 0;
            var keys = at == 0 ? $"a=T,f=100,r={Rows},q=2,m={more}" : $"m={more}"; // q=2: no answer, which would land in the shell
            output.Write($"\u001b_G{keys};{text.AsSpan(at, Math.Min(KittyPiece, text.Length - at))}\u001b\\");
        }

        output.Write('\n');
    }
}
