using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>JPEG (ITU-T T.81, annex B): segments and scans from SOI to EOI. Cameras put further whole pictures behind the first (CIPA DC-007).</summary>
internal sealed class JpegReader : IContentReader
{
    private const byte Fill = 0xff, Temporary = 0x01, FirstRestart = 0xd0, LastRestart = 0xd7, Start = 0xd8, End = 0xd9, Scan = 0xda;
    private const int MostPictures = 64;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        for (var pictures = 0; pictures < MostPictures; pictures++)
        {
            ReadPicture(reader, state);
            if (!AnotherBegins(item.Source, reader)) break;
        }

        // Telephones put a short film behind a photograph; it is read as one.
        if (item.Source.Peek(reader.Position, 12).AsSpan() is [0, 0, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..]) state.Inspect(item.Part(item.Source.Slice(reader.Position, reader.Remaining), "film.mp4"));
        else MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Jpeg;
    }

    // Zeros may stand between two pictures; whoever writes them aligns the second.
    private static bool AnotherBegins(ScanSource source, SourceReader reader)
    {
        var behind = source.Peek(reader.Position, 4096);
        var zeros = behind.AsSpan().IndexOfAnyExcept((byte)0);
        if (zeros < 0 || behind.AsSpan(zeros) is not [Fill, Start, Fill, ..]) return false;
        reader.Skip(zeros);
        return true;
    }

    private static void ReadPicture(SourceReader reader, ScanState state)
    {
        var start = reader.Position;
        reader.Skip(2);
        var hasScan = false;
        for (; ; )
        {
            var at = reader.Position;
            if (reader.ReadByte() != Fill) throw new UnreadableException("no marker where one belongs", at);
            var marker = Fill;
            while (marker == Fill) marker = reader.ReadByte();
            if (marker == End) break;
            if (marker is Temporary or (>= FirstRestart and <= LastRestart)) continue;
            if (marker is 0 or Start) throw new UnreadableException($"a marker 0x{marker:x2} where none of its kind may be", at);
            var length = BinaryPrimitives.ReverseEndianness(reader.ReadUInt16());
            if (length < 2) throw new UnreadableException("a segment shorter than its length", at);
            reader.Skip(length - 2);
            if (marker != Scan) continue;
            hasScan = true;
            SkipScan(reader, state);
        }

        if (!hasScan) throw new UnreadableException("a picture without a scan", start);
    }

    // Behind a scan's header come its data, in which 0xff stands before a zero or a restart only (section B.1.1.5).
    private static void SkipScan(SourceReader reader, ScanState state)
    {
        for (; ; )
        {
            var part = reader.PeekBuffered();
            if (part.IsEmpty) throw new UnreadableException("the picture ends in the middle of a scan", reader.Position);
            var next = part.IndexOf(Fill);
            if (next < 0)
            {
                state.CancellationToken.ThrowIfCancellationRequested();
                reader.Skip(part.Length);
                continue;
            }

            reader.Skip(next);
            var pair = reader.Window(2)[1];
            if (pair is 0 or (>= FirstRestart and <= LastRestart)) continue;
            reader.Position -= pair == Fill ? 1 : 2;
            if (pair != Fill) return;
        }
    }
}
