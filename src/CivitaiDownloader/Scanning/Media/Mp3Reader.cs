using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>MP3: labels, frames of sound, labels.</summary>
internal sealed class Mp3Reader : IContentReader
{
    private const int LabelHeaderBytes = 10, LastLabelBytes = 128, ApeHeaderBytes = 32;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        while (SkipLabel(item.Source, reader))
        {
        }

        SkipZeros(reader);
        var frames = 0;
        for (int length; reader.Remaining >= MpegFrame.HeaderBytes && (length = NextFrame(reader)) > 0; frames++)
        {
            if (frames % 1024 == 0) state.CancellationToken.ThrowIfCancellationRequested();

            // The last frame is often cut short.
            reader.Skip(Math.Min(length, reader.Remaining));
        }

        if (frames == 0) throw new UnreadableException("no sound behind its labels", reader.Position);
        while (SkipLabel(item.Source, reader) || SkipLastLabel(item.Source, reader))
        {
        }

        MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Mp3;
    }

    private static int NextFrame(SourceReader reader)
    {
        var length = MpegFrame.Length(reader.Window(MpegFrame.HeaderBytes));
        reader.Position -= MpegFrame.HeaderBytes;
        return length;
    }

    // ID3 2.4, section 3.1: a length of four times seven bits; a footer when the flag says so.
    private static bool SkipLabel(ScanSource source, SourceReader reader)
    {
        var header = source.Peek(reader.Position, LabelHeaderBytes);
        if (header.Length < LabelHeaderBytes || !header.AsSpan().StartsWith("ID3"u8)) return false;
        if (((header[6] | header[7] | header[8] | header[9]) & 0x80) != 0) throw new UnreadableException("a label whose length is none", reader.Position);
        var length = (header[6] << 21) | (header[7] << 14) | (header[8] << 7) | header[9];
        reader.Skip(LabelHeaderBytes + length + ((header[5] & 0x10) != 0 ? LabelHeaderBytes : 0));
        return true;
    }

    private static bool SkipLastLabel(ScanSource source, SourceReader reader)
    {
        var header = source.Peek(reader.Position, ApeHeaderBytes);
        if (header.AsSpan().StartsWith("TAG"u8) && reader.Remaining == LastLabelBytes)
        {
            reader.Skip(LastLabelBytes);
            return true;
        }

        if (header.Length < ApeHeaderBytes || !header.AsSpan().StartsWith("APETAGEX"u8)) return false;
        reader.Skip(ApeHeaderBytes + (long)BitConverter.ToUInt32(header, 12));
        return true;
    }

    private static void SkipZeros(SourceReader reader)
    {
        for (var part = reader.PeekBuffered(); !part.IsEmpty; part = reader.PeekBuffered())
        {
            var zeros = part.IndexOfAnyExcept((byte)0);
            reader.Skip(zeros < 0 ? part.Length : zeros);
            if (zeros >= 0) return;
        }
    }
}
