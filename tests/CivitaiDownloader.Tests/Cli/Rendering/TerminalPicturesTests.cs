using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering;

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

        Assert.True(TerminalPictures.TryDraw(PictureProtocol.Kitty, picture, isPng: true, output));
        Assert.False(TerminalPictures.TryDraw(PictureProtocol.Kitty, picture, isPng: false, output));

        var pieces = output.ToString().Split("\u001b\\", StringSplitOptions.RemoveEmptyEntries)[..^1];
        Assert.All(pieces, piece => Assert.StartsWith("\u001b_G", piece));
        Assert.All(pieces, piece => Assert.InRange(piece.Split(';')[1].Length, 1, 4096));
        Assert.Equal(["m=1", "m=1", "m=1", "m=0"], pieces.Select(piece => piece.Split(';')[0][^3..]));
        Assert.Equal(picture, Convert.FromBase64String(string.Concat(pieces.Select(piece => piece.Split(';')[1]))));
    }

    [Fact]
    public void ITerm_gets_any_picture_with_its_size()
    {
        var output = new StringWriter();

        Assert.True(TerminalPictures.TryDraw(PictureProtocol.ITerm, [1, 2, 3], isPng: false, output));

        Assert.Contains("size=3:AQID\u0007", output.ToString());
    }
}
