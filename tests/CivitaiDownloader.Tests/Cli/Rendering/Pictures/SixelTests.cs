using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering.Pictures;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering.Pictures;

public sealed partial class SixelTests
{
    [Theory]
    [InlineData(48, 32)]
    [InlineData(1, 1)]
    [InlineData(7, 13)]
    public void Read_back_it_is_the_picture(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++) (rgb[at * 3], rgb[(at * 3) + 1], rgb[(at * 3) + 2]) = ((byte)(at % width * 255 / width), (byte)(at / width * 255 / height), 90);

        var text = Sixel.Encode(new(width, height, rgb));
        var shown = Show(text, width, height);

        Assert.Matches($"^\u001bP0;1q\"1;1;{width};{height}#[^\u001b]*\u001b\\\\$", text);
        Assert.DoesNotContain(null, shown);
        for (var channel = 0; channel < 3; channel++)
        {
            var told = shown.Average(point => point![channel]);
            Assert.InRange(told - Enumerable.Range(0, width * height).Average(at => rgb[(at * 3) + channel]), -30, 30);
        }
    }

    [Fact]
    public void What_is_lost_to_the_palette_is_made_up_for_by_the_neighbours()
    {
        var shown = Show(Sixel.Encode(new(60, 60, [.. Enumerable.Repeat<byte>(77, 60 * 60 * 3)])), 60, 60);

        Assert.All(Enumerable.Range(0, 3), channel => Assert.InRange(shown.Average(point => point![channel]), 75, 79));
    }

    [Theory]
    [InlineData("\u001b[?62;4;22c", true)]
    [InlineData("[?4c", false)] // its class, not one of its abilities
    [InlineData("\u001b[?1;2c", false)]
    [InlineData("\u001b[?64;14;44c", false)]
    [InlineData("x[?63;1;2;4c", true)]
    [InlineData("[?62;4", false)]
    [InlineData("", false)]
    public void A_terminal_says_whether_it_can(string answer, bool can) => Assert.Equal(can, TerminalQuestion.SaysSixel(answer));

    // A terminal of its own, as far as this encoder needs one. Null where nothing was drawn.
    private static int[]?[] Show(string text, int width, int height)
    {
        var palette = new Dictionary<int, int[]>();
        var points = new int[]?[width * height];
        var (x, top, colour) = (0, 0, 0);
        foreach (Match match in Element().Matches(text[text.IndexOf('#', StringComparison.Ordinal)..^2]))
        {
            var numbers = Digits().Matches(match.Value).Select(digits => int.Parse(digits.Value, CultureInfo.InvariantCulture)).ToArray();
            switch (match.Value[0])
            {
                case '#' when numbers.Length == 5: palette[numbers[0]] = [.. numbers[2..].Select(percent => percent * 255 / 100)]; break;
                case '#': colour = numbers[0]; break;
                case '$': x = 0; break;
                case '-': (x, top) = (0, top + 6); break;
                default:
                    for (var run = match.Value[0] == '!' ? numbers[0] : 1; run > 0; run--, x++)
                    {
                        for (var bit = 0; bit < 6; bit++)
                        {
                            if (((match.Value[^1] - '?') & (1 << bit)) == 0) continue;
                            Assert.Null(points[((top + bit) * width) + x]); // each point has one colour
                            points[((top + bit) * width) + x] = palette[colour];
                        }
                    }

                    break;
            }
        }

        return points;
    }

    [GeneratedRegex("#[0-9]+;2;[0-9]+;[0-9]+;[0-9]+|#[0-9]+|![0-9]+[?-~]|[?-~]|[$-]")]
    private static partial Regex Element();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
