using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Safetensors;

internal sealed class SafetensorsReader : IContentReader
{
    public static bool IsWhole(ScanSource source) => false;

    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Safetensors;
}
