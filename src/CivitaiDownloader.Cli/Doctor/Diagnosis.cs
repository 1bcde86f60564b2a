using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary>What the checks look at. Prepared so that one thing in disorder hides as little as possible of the others; what failed is kept for the check that tells it.</summary>
internal sealed class Diagnosis : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string? _spareHome;
    private readonly Outbound? _outbound;
    private readonly Lazy<Task<EndpointAnswer>>? _endpoint;

    public Diagnosis(ParseResult parse, Screen screen, CancellationToken cancellationToken)
    {
        (Screen, Home) = (screen, SettingsLoader.HomeOf(parse.GetValue(CommandLine.GlobalOptions.Home)));
        try
        {
            Settings = SettingsLoader.Load(parse);
            Services = Build(Settings, out _spareHome);
        }
        catch (Exception mistake) when (mistake is CivitaiDownloaderException or FormatException or OptionsValidationException)
        {
            SettingsFailure = mistake;
            return;
        }

        _outbound = Anonymous(Services);
        var probe = new EndpointProbe(_outbound, Services.Http, Services.Time);
        _endpoint = new(() => probe.AskAsync(cancellationToken));
    }

    public Screen Screen { get; }

    public string Home { get; }

    public CliSettings? Settings { get; }

    /// <summary>Null when a setting has a mistake.</summary>
    public CliServices? Services { get; }

    public Exception? SettingsFailure { get; }

    /// <summary>Why the database of <see cref="Home"/> could not be opened; <see cref="Services"/> have an empty one then.</summary>
    public Exception? DatabaseFailure { get; private set; }

    /// <summary>How the endpoint's connection is secured; null before it is, and over HTTP.</summary>
    public TlsFacts? Tls { get; private set; }

    /// <summary>Asked once, however many checks want to know.</summary>
    /// <exception cref="HttpException">No answer.</exception>
    public Task<EndpointAnswer> EndpointAsync() => _endpoint!.Value;

    public void Dispose()
    {
        _outbound?.Dispose();
        Services?.Dispose();
        if (_spareHome is not null) Directory.Delete(_spareHome, recursive: true);
    }

    private CliServices Build(CliSettings settings, out string? spareHome)
    {
        spareHome = null;
        try
        {
            return CliServices.Build(settings, Screen);
        }
        catch (Exception failure) when (failure is StorageException or UsageException { Code: "home-not-writable" })
        {
            DatabaseFailure = failure;
            spareHome = Directory.CreateTempSubdirectory("civitai-dl-doctor-").FullName;
            return CliServices.Build(settings with { Home = spareHome }, Screen);
        }
    }

    // One attempt and little patience: a person waits.
    private Outbound Anonymous(CliServices services)
    {
        var options = new HttpOptions { Endpoint = services.Http.Endpoint, CertificateAuthority = services.Http.CertificateAuthority, Offline = services.Http.Offline, MaxAttempts = 1, ConnectTimeout = Patience, AnswerTimeout = Patience };
        return new(options, key: null, new(services.Time, services.Get<Random>(), services.Get<HttpCounters>(), services.Get<ILogger<Outbound>>()) { ConnectionSecured = facts => Tls = facts });
    }
}
