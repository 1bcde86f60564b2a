namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>A picture as its points: rows from the top, red, green and blue of each in a byte.</summary>
internal sealed record Pixels(int Width, int Height, byte[] Rgb)
{
    /// <summary>The same, no larger than this, its proportions kept; each point is the mean of those it stands for.</summary>
    public Pixels Within(int mostWidth, int mostHeight)
    {
        if (Width <= mostWidth && Height <= mostHeight) return this;
        var scale = Math.Min((double)mostWidth / Width, (double)mostHeight / Height);
        var (width, height) = (Math.Max(1, (int)(Width * scale)), Math.Max(1, (int)(Height * scale)));
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = Span(y, height, Height);
            for (var x = 0; x < width; x++) Mean(Span(x, width, Width), (top, bottom), rgb.AsSpan(((y * width) + x) * 3, 3));
        }

        return new(width, height, rgb);
    }

    private void Mean((int From, int To) columns, (int From, int To) rows, Span<byte> into)
    {
        Span<long> sum = stackalloc long[3];
        sum.Clear();
        for (var y = rows.From; y < rows.To; y++)
        {
            var row = Rgb.AsSpan(((y * Width) + columns.From) * 3, (columns.To - columns.From) * 3);
            for (var at = 0; at < row.Length; at++) sum[at % 3] += row[at];
        }

        var count = (columns.To - columns.From) * (rows.To - rows.From);
        for (var at = 0; at < 3; at++) into[at] = (byte)(sum[at] / count);
    }

    // Never empty: there are fewer points than it stands for.
    private static (int From, int To) Span(int at, int of, int length) => ((int)((long)at * length / of), (int)((long)(at + 1) * length / of));
}
