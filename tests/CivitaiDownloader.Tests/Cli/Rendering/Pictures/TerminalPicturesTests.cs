using System.IO.Compression;
using CivitaiDownloader.Cli.Rendering.Pictures;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering.Pictures;

public sealed class TerminalPicturesTests
{
    [Theory]
    [InlineData("TERM=xterm-kitty", "Kitty")]
    [InlineData("TERM=xterm-ghostty", "Kitty")]
    [InlineData("TERM=xterm-256color KITTY_WINDOW_ID=1", "Kitty")]
    [InlineData("TERM=xterm-256color TERM_PROGRAM=iTerm.app", "ITerm")]
    [InlineData("TERM=xterm-256color LC_TERMINAL=iTerm2", "ITerm")]
    [InlineData("TERM=xterm-256color TERM_PROGRAM=WezTerm", "ITerm")]
    [InlineData("TERM=xterm-256color KONSOLE_VERSION=220401", "ITerm")]
    [InlineData("TERM=xterm-256color KONSOLE_VERSION=210800", "None")]
    [InlineData("TERM=xterm-256color", "None")]
    [InlineData("TERM=foot", "Sixel")]
    [InlineData("TERM=mlterm-256color", "Sixel")]
    [InlineData("TERM=foot TMUX=/tmp/x", "None")]
    [InlineData("TERM=xterm-kitty TMUX=/tmp/x", "None")]
    [InlineData("TERM=screen-256color TERM_PROGRAM=iTerm.app", "None")]
    [InlineData("TERM=dumb KITTY_WINDOW_ID=1", "None")]
    [InlineData("", "None")]
    public void A_terminal_is_known_by_its_environment(string environment, string expected)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(expected, TerminalPictures.Detect(variables.GetValueOrDefault).ToString());
    }

    [Fact]
    public void Kitty_gets_a_PNG_in_pieces_that_put_together_are_the_picture()
    {
        var picture = Enumerable.Range(0, 10_000).Select(i => (byte)i).ToArray();
        var output = new StringWriter();

        TerminalPictures.Draw(PictureProtocol.Kitty, picture, isPng: true, 80, output, TimeProvider.System);

        var pieces = output.ToString().Split("\u001b\\", StringSplitOptions.RemoveEmptyEntries)[..^1];
        Assert.All(pieces, piece => Assert.StartsWith("\u001b_G", piece));
        Assert.All(pieces, piece => Assert.InRange(piece.Split(';')[1].Length, 1, 4096));
        Assert.Equal(["m=1", "m=1", "m=1", "m=0"], pieces.Select(piece => piece.Split(';')[0][^3..]));
        Assert.Equal(picture, Convert.FromBase64String(string.Concat(pieces.Select(piece => piece.Split(';')[1]))));
    }

    [Fact]
    public void Kitty_gets_a_JPEG_as_its_points()
    {
        var output = new StringWriter();

        TerminalPictures.Draw(PictureProtocol.Kitty, SamplePictures.Baseline, isPng: false, 80, output, TimeProvider.System);

        var pieces = output.ToString().Split("\u001b\\", StringSplitOptions.RemoveEmptyEntries)[..^1];
        Assert.StartsWith("\u001b_Ga=T,f=24,o=z,s=48,v=32,r=14,q=2,m=", pieces[0]);
        using var points = new ZLibStream(new MemoryStream(Convert.FromBase64String(string.Concat(pieces.Select(piece => piece.Split(';')[1])))), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        points.CopyTo(plain);
        Assert.Equal(PictureDecoder.Decode(SamplePictures.Baseline, TimeProvider.System).Rgb, plain.ToArray());
    }

    [Fact]
    public void A_sixel_is_no_larger_than_its_rows_and_the_terminal()
    {
        var output = new StringWriter();

        TerminalPictures.Draw(PictureProtocol.Sixel, SamplePictures.Progressive, isPng: false, 3, output, TimeProvider.System);

        Assert.StartsWith("\u001bP0;1q\"1;1;30;20#", output.ToString());
        Assert.EndsWith("\u001b\\\n", output.ToString());
    }

    [Theory]
    [InlineData("TERM=xterm-256color", true)]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=xterm TMUX=/tmp/x", false)]
    [InlineData("TERM=linux", false)]
    [InlineData("TERM=vt100", false)]
    [InlineData("TERM=dumb", false)]
    [InlineData("", false)]
    public void Only_a_terminal_that_is_known_to_answer_is_asked(string environment, bool isAsked)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(isAsked, TerminalPictures.MayBeAsked(variables.GetValueOrDefault));
    }

    [Fact]
    public void ITerm_gets_any_picture_with_its_size()
    {
        var output = new StringWriter();

        TerminalPictures.Draw(PictureProtocol.ITerm, [1, 2, 3], isPng: false, 80, output, TimeProvider.System);

        Assert.Contains("size=3:AQID\u0007", output.ToString());
    }
}
