using System.Globalization;
using System.IO.Compression;

namespace CivitaiDownloader.Cli.Rendering.Pictures;

internal enum PictureProtocol
{
    None,

    /// <summary>kitty's: PNG as it is, everything else as points.</summary>
    Kitty,

    /// <summary>iTerm2's inline images: any picture the terminal itself can read.</summary>
    ITerm,

    /// <summary>Points, as DEC's terminals took them.</summary>
    Sixel,
}

/// <summary>Draws pictures in terminals that can.</summary>
internal static class TerminalPictures
{
    private const int Rows = 14;
    private const int KittyPiece = 4096; // of base64, the protocol's limit
    private const int KittyRowPoints = 40, SixelRowPoints = 20, CellPoints = 10; // kitty scales to the rows, a sixel is a point of the screen

    private static readonly string[] SixelTerminals = ["foot", "mlterm", "contour", "yaft"];
    private static readonly string[] Askable = ["xterm", "vt3", "st-", "rxvt"];

    /// <summary>What its environment says of a terminal.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static PictureProtocol Detect(Func<string, string?> variable)
    {
        var terminal = variable("TERM") ?? "";
        var program = variable("TERM_PROGRAM") ?? "";
        if (HasGoBetween(variable) || terminal == "dumb") return PictureProtocol.None;
        if (program is "iTerm.app" or "WezTerm" or "mintty" or "rio" || variable("LC_TERMINAL") == "iTerm2" || Has("WEZTERM_EXECUTABLE") || IsRecentKonsole()) return PictureProtocol.ITerm;
        if (Has("KITTY_WINDOW_ID") || terminal is "xterm-kitty" or "xterm-ghostty" || program == "ghostty") return PictureProtocol.Kitty;
        return SixelTerminals.Any(known => terminal.StartsWith(known, StringComparison.Ordinal)) || program == "contour" ? PictureProtocol.Sixel : PictureProtocol.None;

        bool Has(string name) => variable(name) is { Length: > 0 };

        bool IsRecentKonsole() => int.TryParse(variable("KONSOLE_VERSION"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version >= 220400;
    }

    /// <summary>Whether a terminal that <see cref="Detect"/> does not know is one that answers, and soon: not through a far line.</summary>
    public static bool MayBeAsked(Func<string, string?> variable) => !HasGoBetween(variable)
        && Askable.Any(known => (variable("TERM") ?? "").StartsWith(known, StringComparison.Ordinal));

    public static bool IsFar(Func<string, string?> variable) => variable("SSH_CONNECTION") is { Length: > 0 } || variable("SSH_TTY") is { Length: > 0 };

    /// <param name="width">Columns of the terminal.</param>
    /// <exception cref="PictureException">It had to be read here, and cannot be.</exception>
    public static void Draw(PictureProtocol protocol, byte[] picture, bool isPng, int width, TextWriter output, TimeProvider time)
    {
        switch (protocol)
        {
            case PictureProtocol.ITerm:
                output.Write($"\u001b]1337;File=inline=1;height={Rows};preserveAspectRatio=1;size={picture.Length}:{Convert.ToBase64String(picture)}\u0007\n");
                break;
            case PictureProtocol.Kitty when isPng:
                DrawKitty("f=100", picture, output);
                break;
            case PictureProtocol.Kitty:
                var points = PictureDecoder.Decode(picture, time).Within(width * CellPoints * 2, Rows * KittyRowPoints);
                DrawKitty(string.Create(CultureInfo.InvariantCulture, $"f=24,o=z,s={points.Width},v={points.Height}"), Pack(points.Rgb), output);
                break;
            case PictureProtocol.Sixel:
                output.Write(Sixel.Encode(PictureDecoder.Decode(picture, time).Within(width * CellPoints, Rows * SixelRowPoints)) + "\n");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // What stands between would have to pass pictures on, and does not unless told to.
    private static bool HasGoBetween(Func<string, string?> variable) => variable("TMUX") is { Length: > 0 } || variable("STY") is { Length: > 0 }
        || variable("TERM") is { } terminal && (terminal.StartsWith("screen", StringComparison.Ordinal) || terminal.StartsWith("tmux", StringComparison.Ordinal));

    private static void DrawKitty(string form, byte[] data, TextWriter output)
    {
        var text = Convert.ToBase64String(data);
        for (var at = 0; at < text.Length; at += KittyPiece)
        {
            var more = at + KittyPiece < text.Length ? 1 : 0;
            var keys = at == 0 ? $"a=T,{form},r={Rows},q=2,m={more}" : $"m={more}"; // q=2: no answer, which would land in the shell
            output.Write($"\u001b_G{keys};{text.AsSpan(at, Math.Min(KittyPiece, text.Length - at))}\u001b\\");
        }

        output.Write('\n');
    }

    private static byte[] Pack(byte[] points)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(points);
        return packed.ToArray();
    }
}
