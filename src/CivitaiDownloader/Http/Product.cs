namespace CivitaiDownloader.Http;

/// <summary>How this program names itself to hosts. A name like a browser's makes Civitai answer with pages instead of JSON (civitai-api 8.2).</summary>
public static class Product
{
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version is { } version
        ? $"{version.Major}.{version.Minor}.{version.Build}"
        : "0.0.0";

    public static string UserAgent { get; } = $"civitai-dl/{Version}";
}
