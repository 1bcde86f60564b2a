using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>
/// Sixel graphics (DEC, VT330/VT340 programmer reference, chapter 14): bands of six rows, in each one line for every colour. Colours are those of a fixed cube of
/// 252, what is lost is spread over the neighbours (Floyd and Steinberg).
/// </summary>
internal static class Sixel
{
    private const int Reds = 6, Greens = 7, Blues = 6, BandRows = 6;
    private const int LeastRun = 4; // shorter ones cost more as a count

    public static string Encode(Pixels picture)
    {
        var points = Quantize(picture);
        var text = new StringBuilder("\u001bP0;1q");
        text.Append(CultureInfo.InvariantCulture, $"\"1;1;{picture.Width};{picture.Height}");
        foreach (var colour in points.Distinct().Order()) Define(text, colour);
        for (var top = 0; top < picture.Height; top += BandRows) Band(text, points, picture.Width, top, Math.Min(picture.Height, top + BandRows));
        return text.Append("\u001b\\").ToString();
    }

    private static void Define(StringBuilder text, byte colour)
    {
        var (red, green, blue) = (colour / (Greens * Blues), colour / Blues % Greens, colour % Blues);
        text.Append(CultureInfo.InvariantCulture, $"#{colour};2;{Percent(red, Reds)};{Percent(green, Greens)};{Percent(blue, Blues)}");
    }

    private static void Band(StringBuilder text, byte[] points, int width, int top, int bottom)
    {
        var isFirst = true;
        foreach (var colour in points.AsSpan(top * width, (bottom - top) * width).ToArray().Distinct())
        {
            if (!isFirst) text.Append('$'); // back to the left edge
            isFirst = false;
            text.Append(CultureInfo.InvariantCulture, $"#{colour}");
            var (last, run) = ('\0', 0);
            for (var x = 0; x < width; x++)
            {
                var bits = 0;
                for (var y = top; y < bottom; y++) bits |= points[(y * width) + x] == colour ? 1 << (y - top) : 0;
                var letter = (char)('?' + bits);
                if (letter != last) Run(text, last, run);
                (last, run) = (letter, letter == last ? run + 1 : 1);
            }

            if (last != '?') Run(text, last, run); // nothing need be said of an empty end
        }

        text.Append('-');
    }

    private static void Run(StringBuilder text, char letter, int count)
    {
        if (count >= LeastRun) text.Append(CultureInfo.InvariantCulture, $"!{count}{letter}");
        else text.Append(letter, count);
    }

    private static byte[] Quantize(Pixels picture)
    {
        var (width, stride) = (picture.Width, (picture.Width + 2) * 3);
        var points = new byte[width * picture.Height];
        var (lost, below) = (new int[stride], new int[stride]); // sixteenths, one point of room at either side
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (at, room) = (((y * width) + x) * 3, (x + 1) * 3);
                points[(y * width) + x] = (byte)((((Take(0, Reds) * Greens) + Take(1, Greens)) * Blues) + Take(2, Blues));

                int Take(int channel, int levels)
                {
                    var wanted = Math.Clamp(picture.Rgb[at + channel] + (lost[room + channel] / 16), 0, 255);
                    var level = ((wanted * (levels - 1)) + 127) / 255;
                    var missed = wanted - (level * 255 / (levels - 1));
                    lost[room + 3 + channel] += missed * 7;
                    below[room - 3 + channel] += missed * 3;
                    below[room + channel] += missed * 5;
                    below[room + 3 + channel] += missed;
                    return level;
                }
            }

            (lost, below) = (below, lost);
            Array.Clear(below);
        }

        return points;
    }

    private static int Percent(int level, int levels) => level * 100 / (levels - 1);
}
