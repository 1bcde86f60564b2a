using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>A Sandbox and a place for the program's files, for one test.</summary>
public abstract class SandboxFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder;

    /// <param name="parent">Where the place for the program's files is; null for the system's folder for temporary files.</param>
    private protected SandboxFixture(string? parent = null) => _folder = new(parent);

    private protected virtual int Models => 60;

    private protected SandboxHost Sandbox { get; private set; } = null!;

    private protected Program Program { get; private set; } = null!;

    private protected string Library => _folder["library"];

    private protected string Home => _folder["home"];

    private protected string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(new() { Models = Models }, TestContext.Current.CancellationToken);
        Program = new(Home, Library, Sandbox.Api);
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Files people and their tools see, relative to the library.</summary>
    private protected string[] Visible() => Directory.Exists(Library)
        ? [.. Directory.EnumerateFiles(Library, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Library, path).Replace('\\', '/')).Where(path => !path.StartsWith(".civitai-dl/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    private protected string[] Staged() => Directory.Exists(Path.Combine(Library, ".civitai-dl", "staging"))
        ? [.. Directory.EnumerateFiles(Path.Combine(Library, ".civitai-dl", "staging")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];
}
