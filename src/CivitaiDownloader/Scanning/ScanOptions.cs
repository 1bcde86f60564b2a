using System.ComponentModel.DataAnnotations;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning.Antivirus;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Scanning;

public sealed class ScanOptions
{
    public const string Section = "Scan";

    [Setting("Where clamd of ClamAV listens, to be asked about every file that is scanned; by default nobody is asked.")]
    [ClamdForm]
    public string Clamd { get; set; } = "";

    [Setting("Whether a file that clamd did not scan is suspicious (require), or a note says so (prefer).")]
    public ClamdPolicy ClamdPolicy { get; set; } = ClamdPolicy.Require;

    [Setting("The largest file of which clamd's OK is believed, in bytes: the least of its StreamMaxLength, MaxFileSize and MaxScanSize.")]
    [Range(1, 4294967295)]
    public long ClamdMaxBytes { get; set; } = 100L << 20;

    [Setting("How many files are streamed to clamd at a time.")]
    [Range(1, 64)]
    public int ClamdConnections { get; set; } = 2;

    [Setting("How long clamd may neither take nor say anything; more than its MaxScanTime, since it says nothing while it scans.")]
    [DurationRange("00:00:01", "01:00:00")]
    public TimeSpan ClamdTimeout { get; set; } = TimeSpan.FromMinutes(3);
}

[OptionsValidator]
internal sealed partial class ScanOptionsValidator : IValidateOptions<ScanOptions>;
