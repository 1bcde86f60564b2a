using System.Reflection;
using System.Runtime.InteropServices;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>What <c>--version</c> says. Asked by scripts at every start, so it is answered before anything is built.</summary>
internal static class VersionText
{
    /// <summary>Short name of the commit it was built from; null when that is not known.</summary>
    public static string? Commit { get; } = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= 7 } commit, ..]
        ? commit[..Math.Min(commit.Length, 10)]
        : null;

    public static string Name { get; } = $"civitai-dl {Product.Version}" + (Commit is null ? "" : $" ({Commit})");

    public static string Runtime { get; } = RuntimeInformation.FrameworkDescription + (File.Exists(Path.Combine(AppContext.BaseDirectory, "civitai-dl.dll")) ? "" : ", native");

    public static string Machine { get; } = $"{RuntimeInformation.OSDescription} ({RuntimeInformation.RuntimeIdentifier})";

    /// <returns>Whether that was the question: <c>--version</c>, alone or with <c>--verbose</c> or <c>--json</c>.</returns>
    public static bool Answer(string[] args)
    {
        if (!args.Contains("--version") || !args.All(word => word is "--version" or "--verbose" or "-v" or "--json")) return false;
        if (args.Contains("--json")) WriteJson();
        else Console.Out.WriteLine(args.Length == 1 ? Name : $"{Name}\n{Runtime}\n{Machine}");
        return true;
    }

    private static void WriteJson()
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteString("name", "civitai-dl");
        json.WriteString("version", Product.Version);
        json.WriteString("commit", Commit);
        json.WriteString("runtime", Runtime);
        json.WriteString("os", Machine);
        json.WriteEndObject();
    }
}
