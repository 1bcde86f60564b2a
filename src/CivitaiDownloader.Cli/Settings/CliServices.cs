using CivitaiDownloader.Audit;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>The program's parts, put together for one command.</summary>
internal sealed class CliServices : IDisposable
{
    private readonly ServiceProvider _provider;

    private CliServices(ServiceProvider provider, string home) => (_provider, Home) = (provider, home);

    public string Home { get; }

    public HttpOptions Http => Get<HttpOptions>();

    public CivitaiCatalog Catalog => Get<CivitaiCatalog>();

    public TargetResolver Targets => Get<TargetResolver>();

    public ItemPlanner Planner => Get<ItemPlanner>();

    public ItemRunner Runner => Get<ItemRunner>();

    public LibraryView Library => Get<LibraryView>();

    public LibraryStore Store => Get<LibraryStore>();

    public TimeProvider Time => Get<TimeProvider>();

    /// <param name="stageEnded">Null for a command that is short, or has one stage.</param>
    /// <exception cref="CivitaiDownloaderException">A setting has a mistake, or the database cannot be opened.</exception>
    public static CliServices Build(CliSettings settings, Screen screen, StageEnded? stageEnded = null)
    {
        SettingsCheck.Values(settings);
        if (ProxyRoute.UnusableVariable() is { } variable) throw SettingsErrors.UnusableProxy(variable);
        return Assemble(settings, screen, stageEnded);
    }

    /// <summary>Of settings whose values were looked at.</summary>
    /// <exception cref="CivitaiDownloaderException">A feature refuses its settings, or the database cannot be opened.</exception>
    public static CliServices Assemble(CliSettings settings, Screen screen, StageEnded? stageEnded = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // the one place where chance comes in; safe from any thread, which a Random of our own is not
        services.AddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(screen.IsVerbose ? LogLevel.Debug : LogLevel.None);
            if (screen.IsVerbose) logging.Services.AddSingleton<ILoggerProvider>(provider => new ScreenLog(screen, provider.GetRequiredService<TimeProvider>()));
        });
        if (stageEnded is not null) services.AddSingleton(stageEnded);
        services.AddSingleton<ExitCodeOf>(ExitCodes.Of);
        services.AddSingleton(_ => OpenDatabase(settings.Home));
        AddFeatures(services, settings);
        var built = services.BuildServiceProvider();
        try
        {
            SettingsCheck.Rules(built);
            built.GetRequiredService<LibraryStore>(); // a template's mistake is told before anything is fetched
            AccountKey.WarnIfOpen(settings, screen);
            return new(built, settings.Home);
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }

    /// <summary>Every feature with its options and their rules.</summary>
    public static void AddFeatures(IServiceCollection services, CliSettings settings) =>
        services.AddHttp(settings.Configuration, settings.Key).AddCatalog().AddTransfer(settings.Configuration).AddAudit().AddScanning(settings.Configuration).AddLibrary(settings.Configuration).AddJobs();

    public void Dispose() => _provider.Dispose();

    private static Database OpenDatabase(string home)
    {
        try
        {
            Directory.CreateDirectory(home);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("home-not-writable", $"The folder '{home}' cannot be made: {DiskReason.Of(refused)}")
            { Hint = "Choose another with --home or CIVITAI_DL_HOME. Nothing was done.", ExitCode = ExitCodes.OfDisk(refused) };
        }

        return Database.Open(Path.Combine(home, "civitai-dl.db"), [HttpSchema.Part, CatalogSchema.Part, AuditSchema.Part, ScanningSchema.Part, LibrarySchema.Part, JobsSchema.Part]);
    }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();
}
