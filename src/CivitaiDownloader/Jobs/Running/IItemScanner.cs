namespace CivitaiDownloader.Jobs.Running;

/// <summary>Judges a whole, verified file before it gets its name. The port behind which the scan is.</summary>
public interface IItemScanner
{
    /// <param name="stagedPath">The file as it lies in the staging folder; not to be changed.</param>
    /// <param name="fileName">What it is called where it comes from: hostile, and no proof of what it is.</param>
    /// <returns>clean, suspicious, dangerous, or <c>unknown</c> when nobody has looked.</returns>
    ValueTask<string> ScanAsync(string stagedPath, string fileName, CancellationToken cancellationToken);
}

/// <summary>Looks at nothing, and says so.</summary>
internal sealed class NotScanned : IItemScanner
{
    public ValueTask<string> ScanAsync(string stagedPath, string fileName, CancellationToken cancellationToken) => ValueTask.FromResult("unknown");
}
