namespace CivitaiDownloader.Tests;

/// <summary>An empty folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "civitai-dl-test-";

    /// <param name="parent">Where to make it; null for the system's folder for temporary files.</param>
    public TemporaryFolder(string? parent = null) =>
        Path = parent is null ? Directory.CreateTempSubdirectory(Prefix).FullName : Directory.CreateDirectory(System.IO.Path.Combine(parent, Prefix + Random.Shared.GetHexString(6, lowercase: true))).FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was killed may still be letting go; the system clears its temporary folder.
        }
    }
}
