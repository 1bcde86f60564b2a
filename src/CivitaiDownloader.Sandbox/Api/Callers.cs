using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Tells who has a session (civitai-api 1.2). A wrong key is no error: its bearer is simply nobody.</summary>
/// <param name="key">The only key that is one; null takes any.</param>
internal sealed class Callers(string? key)
{
    public bool IsSignedIn(HttpRequest request)
    {
        // The second word counts, whatever the first is; the header wins over the query.
        var words = request.Headers.Authorization.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var token = words.Length > 1 ? words[1] : request.Query["token"].ToString();
        return token.Length > 0 && (key is null || token == key);
    }
}
