using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>Whoever says something about a file: the rules, and the antivirus where one is set.</summary>
internal sealed record Judges(FileScanner Scanner, ClamdAntivirus Antivirus)
{
    /// <param name="recalled">What the rules are known to say of these bytes; null when they have to be asked.</param>
    public ScannedFile Judge(ScannedFile file, ScanSource source, ScanReport? recalled, CancellationToken cancellationToken)
    {
        var judged = recalled is null ? Scanner.Scan(source, file.File.Path, cancellationToken) : null;
        var report = Antivirus.AddTo(recalled ?? judged!, source, cancellationToken);
        return file with { Judged = judged, Report = report, IsRecalled = recalled is not null && Antivirus.Client is null };
    }
}
