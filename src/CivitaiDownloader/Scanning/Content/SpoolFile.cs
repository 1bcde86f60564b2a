namespace CivitaiDownloader.Scanning.Content;

/// <summary>A file for what does not fit into memory, gone when it is closed.</summary>
internal static class SpoolFile
{
    public static FileStream Create() => new(Path.Combine(Path.GetTempPath(), $"civitai-dl-scan-{Guid.NewGuid():N}"), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        Options = FileOptions.DeleteOnClose,
        BufferSize = 0,
    });
}
