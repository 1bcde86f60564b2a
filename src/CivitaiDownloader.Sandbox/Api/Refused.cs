using System.Text.Encodings.Web;
using System.Text.Json;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>An answer that is an error, with its body as the site writes it (civitai-api 1.5).</summary>
internal sealed class Refused(int status, string json) : Exception
{
    public int Status { get; } = status;

    public string Json { get; } = json;

    /// <summary>In place of the endpoint's own Cache-Control; null keeps that.</summary>
    public string? CacheControl { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Where a caller that looks like a browser is sent instead; null for nowhere.</summary>
    public string? Page { get; init; }

    /// <summary>What such a caller reads when it is sent nowhere.</summary>
    public string PlainText { get; init; } = "Error";

    /// <summary>The form of a failed check on <c>/models</c> and <c>/images</c>: the error is an object whose message is JSON text.</summary>
    public static Refused Zod(string path, string what) => new(400, $$$"""{"error":{"name":"ZodError","message":"{{{Text(Issues(path, what))}}}"}}""");

    /// <summary>The form of a failed check on <c>/creators</c> and <c>/tags</c>: the array itself.</summary>
    public static Refused Bare(string path, string what) => new(400, Issues(path, what));

    /// <summary>The form of a failed check on <c>/users</c>: the error itself.</summary>
    public static Refused TopLevelZod(string path, string what) => new(400, $$$"""{"name":"ZodError","message":"{{{Text(Issues(path, what))}}}"}""");

    /// <summary>The form of every other failure on <c>/images</c>.</summary>
    public static Refused WithCode(int status, string text, string code) => new(status, $$"""{"error":"{{Text(text)}}","code":"{{code}}"}""");

    /// <summary>The form of a failed check on the endpoints that take an id.</summary>
    public static Refused Pretty(string name) => new(400, $$"""{"error":"✖ Invalid input: expected number, received NaN\n  → at {{name}}"}""");

    public static Refused WithMessage(int status, string text) => new(status, $$"""{"message":"{{Text(text)}}"}""");

    public static Refused Error(int status, string text) => new(status, $$"""{"error":"{{Text(text)}}"}""") { PlainText = text };

    /// <summary>The same, and not to be kept by any cache.</summary>
    public static Refused Passing(int status, string text, string cacheControl, int? retryAfterSeconds = null) =>
        new(status, $$"""{"error":"{{Text(text)}}"}""") { PlainText = text, CacheControl = cacheControl, RetryAfterSeconds = retryAfterSeconds };

    private static JsonEncodedText Text(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private static string Issues(string path, string what) => $$"""[{"code":"invalid_value","path":["{{path}}"],"message":"{{Text(what)}}"}]""";
}
