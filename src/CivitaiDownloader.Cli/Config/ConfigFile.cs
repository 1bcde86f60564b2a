using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Config;

/// <summary>Writes config.json whole or not at all.</summary>
internal static class ConfigFile
{
    /// <exception cref="UsageException">The disk refuses.</exception>
    public static void Write(string path, byte[] text)
    {
        try
        {
            WholeFile.Write(path, text);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw ConfigErrors.NotWritable(path, refused);
        }
    }
}
