using System.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Config;

/// <summary>Writes config.json whole or not at all.</summary>
internal static class ConfigFile
{
    public static string PathOf(ParseResult parse) => SettingsFile.PathIn(SettingsLoader.Home(parse));

    /// <summary>From reading the file to replacing it no other process changes it.</summary>
    /// <exception cref="UsageException">The disk refuses.</exception>
    public static WriterTurn Turn(ParseResult parse)
    {
        var path = PathOf(parse);
        try
        {
            return WriterTurn.Take(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw ConfigErrors.NotWritable(path, refused);
        }
    }

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
