using CivitaiDownloader.Scanning.Protobuf;
using CivitaiDownloader.Scanning.Texts;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>Formats that have no mark at their beginning are known by their shape.</summary>
internal static class ContentShapes
{
    /// <returns><see cref="ContentKind.Unknown"/> when it has none.</returns>
    public static ContentKind Of(ScanSource source) => TextShape.Of(source) ?? ProtobufShape.Of(source) ?? ContentKind.Unknown;
}
