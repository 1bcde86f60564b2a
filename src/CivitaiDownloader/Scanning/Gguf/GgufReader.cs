using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Gguf;

/// <summary>GGUF by the checks of its reference reader (gguf.cpp in ggml), and to the last byte. Weights are passed over.</summary>
internal sealed class GgufReader : IContentReader
{
    private const uint Mark = 0x4655_4747; // "GGUF"

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        if (!HasKnownVersion(reader, item, state)) return ContentKind.Gguf;
        var tensors = reader.ReadUInt64();
        var pairs = reader.ReadUInt64();
        var metadata = new GgufMetadata(reader, item, state);
        metadata.Read(pairs);
        new GgufTensors(reader, item, state, metadata.Alignment).Read(tensors);
        return ContentKind.Gguf;
    }

    // Version 1 had other widths and is read by nothing any more; a big-endian file has every number turned round, sometimes the mark too.
    private static bool HasKnownVersion(SourceReader reader, ScanItem item, ScanState state)
    {
        var mark = reader.ReadUInt32();
        if (mark != Mark && mark != System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Mark)) throw new UnreadableException("it does not begin with GGUF", 0);
        var version = reader.ReadUInt32();
        if (mark == Mark && version is 2 or 3) return true;
        state.Report(GgufRules.Version, item, (version & 0xffff) == 0 && version != 0 ? "written for a big-endian machine" : $"version {version}", 4);
        return false;
    }
}
