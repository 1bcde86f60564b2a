// The example of docs/scanning/README.md: a test holds the two together, and another runs it.
#region example
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;

internal static class ScanExample
{
    public static void Run(Stream stream, string name, byte[] hosted, TextWriter output, CancellationToken cancellationToken)
    {
        // One scanner serves all threads. It needs no services, no database and no console.
        var scanner = new FileScanner();

        var report = scanner.Scan(stream, name, cancellationToken);
        output.WriteLine($"{name}: {report.Verdict} ({report.Content}) by rule set {report.RuleSetVersion}");
        foreach (var finding in report.Findings)
            output.WriteLine($"  {finding.Rule.Severity} {finding.Rule.Id} in {finding.Member ?? name} at {finding.Offset}: {finding.Message}. {finding.Rule.Next}");

        // What can be read at any place need not be fetched whole: only what its format demands is asked for.
        using var remote = new HostedFile(hosted);
        var judged = scanner.Scan(remote, "model.safetensors", cancellationToken);
        output.WriteLine($"{judged.Verdict}, {judged.BytesRead} of {remote.Length} bytes looked at");
    }

    /// <summary>Stands for a host that answers ranges.</summary>
    private sealed class HostedFile(byte[] content) : ScanSource
    {
        public override long Length => content.Length;

        public override int Read(long offset, Span<byte> destination)
        {
            // A host that fails throws SourceUnavailableException: nothing is said about the file then.
            var part = content.AsSpan((int)Math.Min(offset, content.Length));
            part = part[..Math.Min(part.Length, destination.Length)];
            part.CopyTo(destination);
            return part.Length;
        }
    }
}
#endregion
