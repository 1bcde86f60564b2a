using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>RIFF: WebP pictures (RFC 9649), WAV sounds and their kin. Chunks fill the length at the front.</summary>
internal sealed class RiffReader : IContentReader
{
    private const uint Endless = uint.MaxValue;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source, 4);
        var announced = reader.ReadUInt32();

        // What is written to a pipe has no length: everything belongs to it then.
        var end = announced == Endless ? reader.Length : 8 + (long)announced;
        if (end > reader.Length || end < 12) throw new UnreadableException($"{announced} bytes are announced where {reader.Length - 8} are", 4);
        var isWebP = reader.Window(4).SequenceEqual("WEBP"u8);
        var chunks = 0;
        while (reader.Position + 8 <= end)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var at = reader.Position;
            if (reader.Window(4).ContainsAnyExceptInRange((byte)' ', (byte)'~')) throw new UnreadableException("a chunk whose name is no text", at);
            var length = (long)reader.ReadUInt32();
            if (announced == Endless && length == Endless) length = end - reader.Position;
            if (length > end - reader.Position) throw new UnreadableException($"a chunk of {length} bytes where {end - reader.Position} are left", at);
            reader.Skip(length);

            // The byte that makes a length even is not always there at the end.
            if (length % 2 == 1 && reader.Position < end) reader.Skip(1);
            chunks++;
        }

        if (chunks == 0) throw new UnreadableException("nothing in it", 12);
        if (end % 2 == 1 && end < reader.Length && item.Source.Peek(end, 1) is [0]) end++;
        MediaEnd.Check(item, state, end);
        if (reader.Position < end) Leftover.Check(item, state, reader.Position, end - reader.Position, "between the last chunk and the end", LeftoverTolerance.Zeros);
        return isWebP ? ContentKind.WebP : ContentKind.Riff;
    }
}
