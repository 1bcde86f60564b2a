namespace CivitaiDownloader.Bench;

/// <summary>A folder of model files with chance content, gone at the end.</summary>
internal sealed class SampleFiles : IDisposable
{
    private const int PerFolder = 100;
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private SampleFiles(string folder, int count) => (Folder, Count) = (folder, count);

    public string Folder { get; }

    public int Count { get; }

    /// <param name="least">Bytes of the smallest.</param>
    /// <param name="most">Bytes of the largest.</param>
    public static SampleFiles Make(string folder, int count, int least, int most)
    {
        var random = new Random(20261125);
        for (var number = 0; number < count; number++)
        {
            var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, $"{number / PerFolder:00}")).FullName, $"{number:0000}.safetensors");
            var bytes = new byte[random.Next(least, most + 1)];
            random.NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
            File.SetLastWriteTimeUtc(path, LongAgo); // a file changed just now is read again, as the next change might not show
        }

        return new(folder, count);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
