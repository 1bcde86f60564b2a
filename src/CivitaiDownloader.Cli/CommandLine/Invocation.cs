using System.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>One command being carried out: what was typed, where to print, and the program's parts, built when first asked for.</summary>
internal sealed class Invocation(ParseResult parse, Screen screen) : IDisposable
{
    private CliSettings? _settings;
    private CliServices? _services;

    public ParseResult Parse => parse;

    public Screen Screen => screen;

    public bool IsJson => parse.GetValue(GlobalOptions.Json);

    public CacheUse Cache => parse.GetValue(GlobalOptions.NoCache) ? CacheUse.Refresh : CacheUse.Normal;

    /// <exception cref="CivitaiDownloaderException">A mistake in the file, a variable or a flag, or a stored key that cannot be read.</exception>
    public CliSettings Settings => _settings ??= SettingsLoader.Load(parse);

    /// <exception cref="CivitaiDownloaderException">A setting has a mistake, or the database cannot be opened.</exception>
    public CliServices Services => _services ??= CliServices.Build(Settings, screen);

    /// <summary>Makes a command's action: prepares, runs, and turns what went wrong into an exit code, in this one place.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<Invocation, CancellationToken, Task<int>> run) => async (parse, cancellationToken) =>
    {
        var screen = Screen.For(parse);
        using var invocation = new Invocation(parse, screen);
        try
        {
            return await run(invocation, cancellationToken);
        }
        catch (Exception failure) when (failure is not OutputClosedException)
        {
            return ErrorWriter.Write(ErrorReport.Of(failure, cancellationToken), screen);
        }
    };

    public void Dispose() => _services?.Dispose();
}
