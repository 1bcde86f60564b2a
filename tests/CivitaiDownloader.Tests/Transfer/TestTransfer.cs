using CivitaiDownloader.Http;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Logging.Abstractions;

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
}

/// <summary>A link that is good for ever.</summary>
internal sealed class FixedLink(Uri link) : IOrigin
{
    public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => ValueTask.FromResult(link);
}
