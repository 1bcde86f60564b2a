namespace CivitaiDownloader.Sandbox.Api;

/// <summary><c>/me</c>: the one place that says whether a key is good.</summary>
internal static class MeEndpoint
{
    public static Task ShowAsync(ApiCall call)
    {
        if (!call.IsSignedIn) throw Refused.Error(401, "Unauthorized");
        return call.JsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", 1);
            json.WriteString("username", "sandbox");
            json.WriteString("tier", "free");
            json.WriteString("status", "active");
            json.WriteBoolean("isMember", false);
            json.WriteStartArray("subscriptions");
            json.WriteEndArray();
            json.WriteNumber("tokenScope", 1);
            json.WriteNull("buzzLimit");
            json.WriteStartObject("subject");
            json.WriteString("type", "apiKey");
            json.WriteNumber("id", 1);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }
}
