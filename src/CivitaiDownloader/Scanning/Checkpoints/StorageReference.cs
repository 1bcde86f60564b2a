namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>The data of a checkpoint's tensors, as its pickle refers to it.</summary>
/// <param name="Elements">How many there are; a negative number was refused.</param>
/// <param name="Width">Bytes of each; 0 when the type is not known.</param>
internal sealed record StorageReference(string Key, long Elements, int Width)
{
    /// <summary>Null when the product does not fit.</summary>
    public long? Bytes => Width == 0 || Elements > long.MaxValue / Width ? null : Elements * Width;
}
