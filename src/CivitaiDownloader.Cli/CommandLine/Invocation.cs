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

    /// <exception cref="UsageException">Both of two flags that exclude each other.</exception>
    public CacheUse Cache => (parse.GetValue(GlobalOptions.NoCache), parse.GetValue(GlobalOptions.Offline)) switch
    {
        (true, true) => throw new UsageException("usage", "--no-cache and --offline exclude each other") { Hint = "The first asks anew, the second asks nobody. Nothing was done." },
        (true, false) => CacheUse.Refresh,
        (false, true) => CacheUse.Offline,
        _ => CacheUse.Normal,
    };

    /// <exception cref="CivitaiDownloaderException">A mistake in the file, a variable or a flag, or a stored key that cannot be read.</exception>
    public CliSettings Settings => _settings ??= SettingsLoader.Load(parse);

    /// <summary>To be set before the program's parts are asked for; null for nobody.</summary>
    public StageEnded? StageEnded { get; set; }

    /// <exception cref="CivitaiDownloaderException">A setting has a mistake, or the database cannot be opened.</exception>
    public CliServices Services => _services ??= CliServices.Build(Settings, screen, StageEnded);

    /// <summary>Makes a command's action: prepares, runs, and turns what went wrong into an exit code, in this one place.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Action(Func<Invocation, CancellationToken, Task<int>> run) => async (parse, cancellationToken) =>
    {
        var screen = Screen.For(parse);
        using var invocation = new Invocation(parse, screen);
        try
        {
            var exitCode = await run(invocation, cancellationToken);
            invocation.TellOfStaleAnswers();
            return exitCode;
        }
        catch (Exception failure) when (failure is not OutputClosedException)
        {
            invocation.TellOfStaleAnswers();
            return ErrorWriter.Write(ErrorReport.Of(failure, cancellationToken), screen);
        }
    };

    public void Dispose() => _services?.Dispose();

    private void TellOfStaleAnswers()
    {
        if (_services?.Get<ApiReader>().Stale.Read() is { } stale) StaleNotice.Write(stale, screen, _services.Time.GetUtcNow());
    }
}
