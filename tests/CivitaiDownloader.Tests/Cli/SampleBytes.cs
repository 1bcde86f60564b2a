using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Tests.Cli;

internal static class SampleBytes
{
    /// <summary>The whole content of a sample file.</summary>
    public static byte[] Of(SampleContent content)
    {
        var bytes = new byte[content.Length];
        content.Fill(0, bytes);
        return bytes;
    }
}
