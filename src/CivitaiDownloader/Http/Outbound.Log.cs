using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Http;

public sealed partial class Outbound
{
    [LoggerMessage(1001, LogLevel.Debug, "{From} redirects to {To}")]
    private partial void LogRedirect(RedactedUri from, RedactedUri to);
}
