using System.Text;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>
/// Compares what a person would see with a file beside the tests, <c>Cli/snapshots/NAME.txt</c>. With <c>CIVITAI_DL_SNAPSHOTS=write</c> the files are written anew instead: look at
/// the difference before it is committed. Times and paths are for the caller to take out.
/// </summary>
internal static class Snapshot
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("CIVITAI_DL_SNAPSHOTS") == "write";

    public static void Check(string name, string shown)
    {
        var path = Path.Combine(Repository.Root, "tests", "CivitaiDownloader.Tests", "Cli", "snapshots", name + ".txt");
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, shown, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        if (!File.Exists(path)) Assert.Fail($"There is no snapshot {path}; CIVITAI_DL_SNAPSHOTS=write makes it from:\n{shown}");
        Assert.Equal(File.ReadAllText(path), shown, ignoreLineEndingDifferences: true);
    }
}
