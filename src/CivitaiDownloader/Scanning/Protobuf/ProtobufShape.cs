using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Protobuf;

/// <summary>Models that are protocol buffers have no mark: they are known by fields that only they have, in a walk that fits the file.</summary>
internal static class ProtobufShape
{
    public static ContentKind? Of(ScanSource source) => null;
}
