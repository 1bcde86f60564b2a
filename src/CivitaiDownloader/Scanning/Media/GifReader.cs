using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>GIF (version 89a, sections 17 to 27): blocks to the trailer.</summary>
internal sealed class GifReader : IContentReader
{
    private const byte Extension = 0x21, Image = 0x2c, Trailer = 0x3b;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source, 10);
        var colours = Colours(reader.ReadByte());
        reader.Skip(2 + colours);
        var hasImage = false;
        while (!(hasImage && reader.Remaining == 0)) // some writers leave the trailer out
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var at = reader.Position;
            var block = reader.ReadByte();
            if (block == Trailer) break;
            if (block == Extension) reader.Skip(1);
            else if (block == Image)
            {
                hasImage = true;
                reader.Skip(8);
                reader.Skip(Colours(reader.ReadByte()) + 1);
            }
            else throw new UnreadableException($"a block 0x{block:x2}, which there is none of", at);

            for (int length; (length = reader.ReadByte()) > 0;) reader.Skip(length);
        }

        if (!hasImage) throw new UnreadableException("a picture without an image", 0);
        MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Gif;
    }

    /// <returns>Bytes of the table that <paramref name="flags"/> announces.</returns>
    private static int Colours(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
