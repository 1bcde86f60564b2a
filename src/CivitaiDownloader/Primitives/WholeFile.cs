namespace CivitaiDownloader.Primitives;

/// <summary>Writes small files whole or not at all: beside the old one first, then in its place in one step.</summary>
public static class WholeFile
{
    /// <summary>A link is followed and stays; the permissions of a file that was there stay.</summary>
    /// <exception cref="IOException">The disk refuses; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var entry = new FileInfo(path);
        var target = entry.LinkTarget is null ? path : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        Replace(target, content, beside => OperatingSystem.IsWindows() || !File.Exists(target)
            ? new(beside, FileMode.CreateNew, FileAccess.Write)
            : new(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = File.GetUnixFileMode(target) }));
    }

    /// <summary>The file can be read by its owner only, from its first byte on; a link is replaced.</summary>
    /// <exception cref="IOException">The disk refuses; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void WritePrivate(string path, ReadOnlySpan<byte> content) => Replace(path, content, OwnerOnly.Create);

    private static void Replace(string path, ReadOnlySpan<byte> content, Func<string, FileStream> create)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = create(beside))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
