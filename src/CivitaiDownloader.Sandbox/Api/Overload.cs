namespace CivitaiDownloader.Sandbox.Api;

/// <summary>What the site answers when it sheds load (civitai-api 1.7).</summary>
internal static class Overload
{
    public static Refused Of(string text) => Refused.Passing(503, text, "no-store", retryAfterSeconds: 2);
}
