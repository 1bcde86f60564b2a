using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

internal static class TestTransfer
{
    /// <summary>As in the program, with short waits.</summary>
    public static FileTransfer Over(Outbound outbound, Action<TransferOptions>? set = null, ITransferLimits? limits = null)
    {
        var options = new TransferOptions { StallTimeout = TimeSpan.FromSeconds(2), RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaxDelay = TimeSpan.FromMilliseconds(40) };
        set?.Invoke(options);
        return new(outbound, options, TimeProvider.System, new Random(1), NullLogger<FileTransfer>.Instance, limits);
    }

    /// <summary>Fetches <paramref name="content"/>, which its hash proves, into <paramref name="folder"/>.</summary>
    public static Task<StagedFile> FetchAsync(Outbound outbound, IOrigin origin, SampleContent content, TemporaryFolder folder) =>
        Over(outbound).RunAsync(new(origin, "file", folder["file.part"]) { Expected = [HashOf(content)] }, new(TimeProvider.System), TestContext.Current.CancellationToken);

    public static ContentHash HashOf(SampleContent content) => ContentHash.Parse(HashKind.Sha256, content.Hashes.Sha256);
}

/// <summary>A link that is good for ever.</summary>
internal sealed class FixedLink(Uri link) : IOrigin
{
    public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => ValueTask.FromResult(link);
}
