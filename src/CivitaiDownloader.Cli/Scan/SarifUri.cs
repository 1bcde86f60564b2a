namespace CivitaiDownloader.Cli.Scan;

/// <summary>A path as the URI reference that SARIF takes (RFC 3986): relative below the working folder, as code hosts want it, else absolute.</summary>
internal static class SarifUri
{
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        var isBelow = relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        var segments = (isBelow ? relative : path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString);
        if (isBelow) return string.Join('/', segments);
        var joined = string.Join('/', segments);
        return joined.StartsWith('/') ? "file://" + joined : "file:///" + joined.Replace("%3A", ":", StringComparison.Ordinal);
    }
}
