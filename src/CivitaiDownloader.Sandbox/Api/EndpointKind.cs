using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The wrappers the site puts around its endpoints: which methods pass, and what caches are told (civitai-api 1.3).</summary>
internal sealed record EndpointKind
{
    private const string ForEverybody = "public, s-maxage=300, stale-while-revalidate=150";
    private const string ForNobody = "max-age=0, private, no-cache";

    private enum Methods
    {
        Any,
        AnyButOptions,
        GetAndOptions,
        GetOnly,
    }

    public static readonly EndpointKind Public = new() { Allowed = Methods.AnyButOptions, Anonymous = ForEverybody, SignedIn = ForEverybody, IsCrossOrigin = true };
    public static readonly EndpointKind PublicByHash = Public with { Anonymous = "s-maxage=3600, stale-while-revalidate=1800", SignedIn = "s-maxage=3600, stale-while-revalidate=1800" };
    public static readonly EndpointKind Mixed = new() { Allowed = Methods.GetOnly, Anonymous = ForEverybody, SignedIn = ForNobody, IsCrossOrigin = true };
    public static readonly EndpointKind Authed = new() { Allowed = Methods.GetAndOptions, IsForOwnPages = true };
    public static readonly EndpointKind Download = Public with { Anonymous = "no-store, max-age=0", SignedIn = "no-store, max-age=0" };
    public static readonly EndpointKind Bare = new() { Allowed = Methods.Any };

    private Methods Allowed { get; init; }
    private string Anonymous { get; init; } = ForNobody;
    private string SignedIn { get; init; } = ForNobody;
    private bool IsCrossOrigin { get; init; }

    /// <summary>Whether pages of the site itself may ask, with its cookies.</summary>
    private bool IsForOwnPages { get; init; }

    /// <summary>Sets the headers of the answer.</summary>
    /// <returns>Whether the endpoint is to answer; if not, it is answered already.</returns>
    public bool Admits(ApiCall call)
    {
        var headers = call.Exchange.Response.Headers;
        headers["X-Handled-By"] = "sandbox";
        headers.CacheControl = call.IsSignedIn ? SignedIn : Anonymous;
        if (IsCrossOrigin) headers.AccessControlAllowOrigin = "*";
        if (IsForOwnPages && call.Request.Headers.Origin == call.Origins.Site.Api)
        {
            headers.AccessControlAllowOrigin = call.Origins.Site.Api;
            headers.AccessControlAllowCredentials = "true";
        }

        var method = call.Request.Method;
        if (Allowed == Methods.Any) return true;
        if (method == "OPTIONS" && Allowed != Methods.GetOnly) return false; // 200, empty
        return Allowed == Methods.AnyButOptions || method == "GET" ? true : throw Refused.Error(405, "Method not allowed");
    }
}
