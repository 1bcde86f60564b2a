namespace CivitaiDownloader.Primitives;

internal static class FreeSpace
{
    /// <summary>Bytes this user may still write on the volume of <paramref name="folder"/>, which need not be there yet; null when the system does not tell.</summary>
    public static long? At(string folder)
    {
        try
        {
            for (var path = Path.GetFullPath(folder); path is not null; path = Path.GetDirectoryName(path))
            {
                if (Directory.Exists(path)) return new DriveInfo(path).AvailableFreeSpace;
            }

            return null;
        }
        catch (Exception unknown) when (unknown is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null; // a network share without a drive
        }
    }
}
