namespace CivitaiDownloader.Cli.Settings;

internal enum SettingSource
{
    Default,
    File,
    Environment,
    CommandLine,
}

/// <summary>A setting's value and who set it.</summary>
/// <param name="Where">The file, the variable or the flag; empty for a default.</param>
internal sealed record SettingValue(string Key, string Value, SettingSource Source, string Where)
{
    /// <summary>The word programs see.</summary>
    public string SourceName => Source switch
    {
        SettingSource.File => "file",
        SettingSource.Environment => "environment",
        SettingSource.CommandLine => "commandLine",
        _ => "default",
    };
}
