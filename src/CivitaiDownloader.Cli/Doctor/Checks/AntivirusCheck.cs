using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;

namespace CivitaiDownloader.Cli.Doctor.Checks;

/// <summary>The antivirus that scans are to ask: it answers, has a database that finds something, and not an old one.</summary>
internal sealed class AntivirusCheck() : ServiceCheck("antivirus")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Old = TimeSpan.FromDays(7);

    protected override async Task<CheckResult> RunAsync(Diagnosis diagnosis, CliServices services, CancellationToken cancellationToken)
    {
        var options = services.Get<ScanOptions>();
        if (!ClamdAddress.TryParse(options.Clamd, out var address, out _)) return CheckResult.Skipped("None is set: files are judged by the rules alone.", "To have clamd asked too, set Scan:Clamd.");
        var clamd = new ClamdClient(address!, Patience, services.Time);
        try
        {
            return Judge(address!, await ClamdTrial.RunAsync(clamd, cancellationToken), services.Time);
        }
        catch (ClamdException failed) when (options.ClamdPolicy == ClamdPolicy.Prefer)
        {
            return CheckResult.Warning(failed.Message, failed.Hint!);
        }
    }

    internal static CheckResult Judge(ClamdAddress address, ClamdVersion version, TimeProvider time)
    {
        var said = $"{VisibleText.OneLine(version.Program, 60)} at {VisibleText.OneLine(address.Text)}" + (address.IsLocal ? "" : ", another machine: files go there as they are");
        if (version.Database is not { } number) return CheckResult.Warning($"{said}, without a database of ClamAV's own", "Run freshclam, then restart clamd.");
        said += $", database {number.ToString(CultureInfo.InvariantCulture)}";
        if (version.MadeAt is not { } madeAt) return CheckResult.Ok(said);
        var age = time.GetLocalNow().DateTime - madeAt;
        said += age < TimeSpan.FromDays(1) ? " of today" : $", {Quantity.Of((long)age.TotalDays, "day")} old";
        return age > Old ? CheckResult.Warning(said, "Run freshclam, and see that it runs by itself every day: what is new is not found.") : CheckResult.Ok(said);
    }
}
