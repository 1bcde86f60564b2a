using System.Runtime.InteropServices;
using BitMiracle.LibJpeg.Classic;

namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>Baseline and progressive JPEG, grey or in colours; not what is made for printing (four inks).</summary>
internal static class JpegPicture
{
    public static Pixels Read(ReadOnlyMemory<byte> picture, Deadline deadline)
    {
        using var bytes = MemoryMarshal.TryGetArray(picture, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(picture.ToArray());
        var progress = new jpeg_progress_mgr();
        progress.OnProgress += (_, _) => deadline.Check(); // a small file may hold any number of passes over the whole picture
        var jpeg = new jpeg_decompress_struct(new Strict()) { Progress = progress };
        jpeg.jpeg_stdio_src(bytes);
        jpeg.jpeg_read_header(true);
        PictureDecoder.CheckSize(jpeg.Image_width, jpeg.Image_height);
        if (jpeg.Num_components is not (1 or 3)) throw new PictureException("its colours are inks");
        jpeg.Out_color_space = jpeg.Num_components == 1 ? J_COLOR_SPACE.JCS_GRAYSCALE : J_COLOR_SPACE.JCS_RGB;
        jpeg.jpeg_start_decompress();
        return ReadRows(jpeg, deadline);
    }

    private static Pixels ReadRows(jpeg_decompress_struct jpeg, Deadline deadline)
    {
        var (width, height, isGrey) = (jpeg.Output_width, jpeg.Output_height, jpeg.Output_components == 1);
        PictureDecoder.CheckSize(width, height);
        var rgb = new byte[width * height * 3];
        var rows = new[] { new byte[width * jpeg.Output_components] };
        for (var y = 0; y < height; y++)
        {
            deadline.Check();
            if (jpeg.jpeg_read_scanlines(rows, 1) != 1) throw new PictureException("it ends early");
            var into = rgb.AsSpan(y * width * 3, width * 3);
            if (!isGrey) rows[0].CopyTo(into);
            for (var x = 0; isGrey && x < width; x++) into.Slice(x * 3, 3).Fill(rows[0][x]);
        }

        return new(width, height, rgb);
    }

    /// <summary>Says nothing, and takes a picture that it has to guess at again and again for a broken one.</summary>
    private sealed class Strict : jpeg_error_mgr
    {
        private const int MostGuesses = 8;

        private int _guesses;

        public override void error_exit() => throw new PictureException("it is damaged");

        public override void emit_message(int msg_level)
        {
            if (msg_level < 0 && ++_guesses > MostGuesses) error_exit();
        }

        public override void output_message()
        {
            // Standard error is not its own.
        }
    }
}
