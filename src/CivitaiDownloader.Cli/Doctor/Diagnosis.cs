using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary>What the checks look at. Prepared so that one thing in disorder hides as little as possible of the others; what failed is kept for the check that tells it.</summary>
internal sealed class Diagnosis : IDisposable
{
    private const string EndpointKey = "Http:Endpoint";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string? _spareHome;
    private readonly Outbound _outbound;
    private readonly Lazy<Task<EndpointAnswer>> _endpoint;

    public Diagnosis(ParseResult parse, Screen screen, CancellationToken cancellationToken)
    {
        (Screen, Home) = (screen, SettingsLoader.Home(parse));
        var read = SettingsLoader.LoadReadable(parse, out var unread);
        var usable = SettingsCheck.Usable(read, out var refused);
        SettingsFailures = [.. unread, .. refused];
        Settings = SignIn(usable, isEndpointSure: unread.Count == 0 && usable.Set.ContainsKey(EndpointKey) == read.Set.ContainsKey(EndpointKey));
        Services = Build(Settings, out _spareHome);
        _outbound = Anonymous(Services);
        var probe = new EndpointProbe(_outbound, Services.Http, Services.Time);
        _endpoint = new(() => probe.AskAsync(cancellationToken));
    }

    public Screen Screen { get; }

    public string Home { get; }

    /// <summary>What could be read and is allowed; defaults for the rest.</summary>
    public CliSettings Settings { get; }

    public CliServices Services { get; }

    /// <summary>What is wrong with settings; empty when nothing is.</summary>
    public IReadOnlyList<Exception> SettingsFailures { get; }

    /// <summary>Why there is no key to sign in with, although there should be one; null when there is, or none was given.</summary>
    public Exception? KeyFailure { get; private set; }

    /// <summary>Whether a key is there that must not be tried: it has no site of its own, and which one is meant is not certain.</summary>
    public bool IsKeyHeldBack { get; private set; }

    /// <summary>Why the database of <see cref="Home"/> could not be opened; <see cref="Services"/> have an empty one then.</summary>
    public Exception? DatabaseFailure { get; private set; }

    /// <summary>How the endpoint's connection is secured; null before it is, and over HTTP.</summary>
    public TlsFacts? Tls { get; private set; }

    /// <summary>Asked once, however many checks want to know.</summary>
    /// <exception cref="HttpException">No answer.</exception>
    public Task<EndpointAnswer> EndpointAsync() => _endpoint.Value;

    public void Dispose()
    {
        _outbound.Dispose();
        Services.Dispose();
        if (_spareHome is not null) Directory.Delete(_spareHome, recursive: true);
    }

    // The variable's key goes to the endpoint that is set: where that is a mistake, and the default stands in, it would go to a site it was not given for.
    private CliSettings SignIn(CliSettings settings, bool isEndpointSure)
    {
        IsKeyHeldBack = AccountKey.IsInEnvironment && !isEndpointSure;
        if (IsKeyHeldBack) return settings;
        try
        {
            return AccountKey.AddTo(settings);
        }
        catch (Exception failure) when (failure is UsageException or KeyStoreException)
        {
            KeyFailure = failure;
            return settings;
        }
    }

    private CliServices Build(CliSettings settings, out string? spareHome)
    {
        spareHome = null;
        try
        {
            return CliServices.Assemble(settings, Screen);
        }
        catch (Exception failure) when (failure is StorageException or UsageException { Code: "home-not-writable" })
        {
            DatabaseFailure = failure;
            spareHome = Directory.CreateTempSubdirectory("civitai-dl-doctor-").FullName;
            return CliServices.Assemble(settings with { Home = spareHome }, Screen);
        }
    }

    // One attempt and little patience: a person waits.
    private Outbound Anonymous(CliServices services)
    {
        var options = new HttpOptions { Endpoint = services.Http.Endpoint, CertificateAuthority = services.Http.CertificateAuthority, Offline = services.Http.Offline, MaxAttempts = 1, ConnectTimeout = Patience, AnswerTimeout = Patience };
        return new(options, key: null, new(services.Time, services.Get<Random>(), services.Get<HttpCounters>(), services.Get<ILogger<Outbound>>()) { ConnectionSecured = facts => Tls = facts });
    }
}
