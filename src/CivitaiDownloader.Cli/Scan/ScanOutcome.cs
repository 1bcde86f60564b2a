using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>One file's end: a report, or the error because of which nobody could look.</summary>
internal sealed record ScanOutcome(ScannedFile Scanned, ErrorReport? Error)
{
    public Verdict Verdict => Scanned.Verdict;

    public static ScanOutcome Of(ScannedFile file, Uri endpoint, CancellationToken cancellationToken)
    {
        if (file.Refusal is not { } refusal) return new(file, null);
        var error = ErrorReport.Of(refusal, cancellationToken);
        // Other commands take such a word, so it will be typed here.
        if (refusal.Fault == LibraryFault.NoSuchPath && IsTarget(file.File.Shown, endpoint)) error = error with { Hint = "Only files and folders are scanned: fetch it with `civitai-dl get` first. Nothing was changed." };
        return new(file, error);
    }

    private static bool IsTarget(string word, Uri endpoint)
    {
        try
        {
            return new TargetParser(endpoint).Parse(word) is not Target.ByPath; // whatever has a slash may be a path
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
