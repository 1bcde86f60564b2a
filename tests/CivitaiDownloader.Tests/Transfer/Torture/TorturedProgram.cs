using System.Security.Cryptography;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Cli;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The program as a process of its own, after one file of some 60 MiB, to be killed, traced or run beside itself.</summary>
public abstract class TorturedProgram : SandboxFixture
{
    private protected const int FileNumber = SampleIds.Medium * 100;

    private protected override int Models => 0;

    private protected SampleContent Content => Sandbox.Catalogue.File(FileNumber)!.Value.File.Content;

    private protected string Staging => StagingOf(Library);

    private protected static string StagingOf(string library) => Path.Combine(library, ".civitai-dl", "staging");

    private protected static string[] Arguments(int connections) => ["get", "4220", "--json", .. TortureSettings.Arguments(connections)];

    /// <summary>As if nothing had ever been fetched.</summary>
    private protected void Forget()
    {
        if (Directory.Exists(Library)) Directory.Delete(Library, recursive: true);
        Sandbox.Ledger.Clear();
    }

    private protected async Task<bool> IsPlacedRightAsync() => await IsRightAsync(Path.Combine(Library, Visible().Single(path => path.EndsWith(".safetensors", StringComparison.Ordinal))));

    private protected async Task<bool> IsRightAsync(string path)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken)) == Content.Hashes.Sha256;
    }
}
