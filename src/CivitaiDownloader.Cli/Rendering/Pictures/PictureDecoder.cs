namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>
/// Turns a stranger's picture into points. What reads the bytes is managed code without pointers, so the worst a hostile one can do is to fail; how much it
/// may cost is bounded here: bytes before anything is read, sides before any point is, time while it is.
/// </summary>
internal static class PictureDecoder
{
    public const int MostBytes = 4 << 20;

    private const int MostSide = 4_096;
    private const int MostPoints = 4_000_000; // some 40 MiB while a progressive JPEG is read
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2); // a copy of 450 columns takes some milliseconds

    /// <exception cref="PictureException">It is none that is read here, is too large, or is damaged.</exception>
    public static Pixels Decode(ReadOnlyMemory<byte> picture, TimeProvider time)
    {
        if (picture.Length > MostBytes) throw new PictureException($"it has more than {MostBytes >> 20} MiB");
        try
        {
            return picture.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? JpegPicture.Read(picture, new Deadline(time, Patience))
                : picture.Span.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? PngPicture.Read(picture)
                : throw new PictureException("it is neither a JPEG nor a PNG");
        }
        catch (Exception broken) when (broken is not PictureException) // whatever a decoder stumbles over: a picture is never worth an error
        {
            throw new PictureException("it is damaged");
        }
    }

    /// <summary>Called as soon as the size is known and before anything is made for it.</summary>
    /// <exception cref="PictureException">It is too large, or empty.</exception>
    public static void CheckSize(int width, int height)
    {
        if (width is < 1 or > MostSide || height is < 1 or > MostSide || (long)width * height > MostPoints) throw new PictureException($"{width}×{height} points are too many");
    }
}

/// <summary>Ends work that a hostile picture draws out.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan patience)
{
    private readonly long _start = time.GetTimestamp();

    /// <exception cref="PictureException">It has passed.</exception>
    public void Check()
    {
        if (time.GetElapsedTime(_start) > patience) throw new PictureException("it takes too long to read");
    }
}
