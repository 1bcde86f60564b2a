using CivitaiDownloader.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>
/// Why a store gives nothing, in the words of each: an R2-like one takes an Authorization header for a signature of its own and finds it incomplete (400), a
/// B2-like one takes it for a token and refuses it (403). Neither lets HEAD through, which the link's signature does not cover (civitai-api 8.7).
/// </summary>
internal sealed record StorageRefusal(int Status, string Code, string Message, bool IsJson = false)
{
    public static readonly StorageRefusal NoSuchKey = new(404, "NoSuchKey", "The specified key does not exist.");

    /// <returns>Null when the store has nothing against the request itself; the link is another matter.</returns>
    public static StorageRefusal? Of(HttpRequest request)
    {
        var isB2 = request.Path.StartsWithSegments("/file");
        if (request.Method == "HEAD") return isB2 ? new(403, "access_denied", "", IsJson: true) : new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
        if (!request.Headers.ContainsKey("Authorization")) return null;
        return isB2 ? new(403, "bad_auth_token", "Invalid authorization token", IsJson: true) : new(400, "InvalidRequest", "Missing x-amz-content-sha256");
    }

    public static StorageRefusal Expired(HttpRequest request) => request.Path.StartsWithSegments("/file")
        ? new(403, "expired_auth_token", "Authorization token has expired", IsJson: true)
        : new(403, "AccessDenied", "Request has expired");

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = IsJson ? "application/json" : "application/xml";
        return response.WriteAsync(IsJson ? $$"""{"code":"{{Code}}","message":"{{Message}}","status":{{Status}}}""" : EarlyFaults.Xml(Code, Message));
    }
}
