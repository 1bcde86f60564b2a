using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>All about one file: its verdict, then each rule that found something, where, why it matters, and what to do.</summary>
internal sealed class FileReport(Screen screen)
{
    private const int MostPlaces = 10; // of one rule

    public void Write(ScannedFile file)
    {
        var report = file.Report!;
        screen.Output.WriteLine($"{ScanWords.Colored(report.Verdict, ScanWords.Of(report.Verdict), screen.Ink)}  {VisibleText.OneLine(file.File.Shown, 4096)}");
        screen.Print($"  {ContentName.Words(report.Content)}, {Flow.Together(ByteSize.Format(file.File.Stamp.Bytes))}");
        if (file.Sha256 is { } sha256) screen.Print($"  sha256 {sha256.Hex}");
        foreach (var found in report.Findings.GroupBy(finding => finding.Rule)) Write(found.Key, [.. found]);
        if (report.FindingsLeftOut > 0) screen.Print($"{Quantity.Of(report.FindingsLeftOut, "more finding")} no worse than these.");
        screen.Output.Flush();
    }

    private void Write(Rule rule, IReadOnlyList<Finding> findings)
    {
        screen.Output.WriteLine();
        screen.Print($"{ScanWords.Colored(rule.Severity, ScanWords.Of(rule.Severity), screen.Ink)}: {rule.Title} ({Flow.Together($"{rule.Id}, {ScanWords.Of(rule.Certainty)}")})", hang: 2);
        foreach (var finding in findings.Take(MostPlaces)) screen.Print("  " + ScanWords.Told(finding), hang: 2);
        if (findings.Count > MostPlaces) screen.Print($"  … and {Quantity.Of(findings.Count - MostPlaces, "more place")}; --json has them all.");
        screen.Print($"  {rule.Why}");
        screen.Print($"  {screen.Ink.Strong("Next:")} {rule.Next}", hang: 2);
    }
}
