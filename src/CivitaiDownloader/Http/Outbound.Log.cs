using System.Net.Http;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Http;

public sealed partial class Outbound
{
    [LoggerMessage(1001, LogLevel.Debug, "{From} redirects to {To}")]
    private partial void LogRedirect(RedactedUri from, RedactedUri to);

    [LoggerMessage(1002, LogLevel.Debug, "{Method} {Address}: {Status} after {Milliseconds} ms")]
    private partial void LogAnswered(HttpMethod method, RedactedUri address, int status, long milliseconds);
}
