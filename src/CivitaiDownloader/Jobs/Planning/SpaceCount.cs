using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>How much each file system is to take.</summary>
internal sealed class SpaceCount
{
    private readonly Dictionary<string, long> _needed = [];

    public void Add(PlacementPlan place, long bytes)
    {
        var volume = LibraryStore.VolumeOf(place);
        _needed[volume] = _needed.GetValueOrDefault(volume) + bytes;
    }

    public IReadOnlyList<VolumeNeed> Read() => [.. _needed.Select(volume => new VolumeNeed(volume.Key, volume.Value, FreeSpace.At(volume.Key))).OrderBy(volume => volume.Path, StringComparer.Ordinal)];
}
