using CivitaiDownloader.Audit;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>
/// Scans files on disk, several at a time, the largest first. What was found of the same bytes by the same rules is not looked for again; an antivirus, where one is set, is asked each time; every new verdict goes into the audit log.
/// </summary>
public sealed class FilesScan(FileScanner scanner, ClamdAntivirus antivirus, ScanResults results, AuditLog audit, Database database, TimeProvider time)
{
    private readonly HashCache _hashes = new(database, time);

    /// <param name="meter">Read it at any time to show progress.</param>
    /// <returns>One for each of the request's files, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was found is remembered.</exception>
    public async Task<IReadOnlyList<ScannedFile>> RunAsync(ScanRequest request, HashMeter meter, CancellationToken cancellationToken)
    {
        var files = request.Files;
        var remembered = request.Recalls ? _hashes.Recall(files) : new ContentHash?[files.Count];
        var scanned = new ScannedFile[files.Count];
        var open = Enumerable.Range(0, files.Count).Where(index => (scanned[index] = Known(request, files[index], remembered[index])!) is null).OrderByDescending(index => files[index].Stamp.Bytes).ToArray();
        Record(scanned.OfType<ScannedFile>()); // what nobody can look at
        meter.Begins(open.Length, open.Sum(index => files[index].Stamp.Bytes), scanned.Count(file => file?.IsRecalled == true));
        try
        {
            await new ReadingCrew(open, request.Readers, time).RunAsync(NewReader, Keep, cancellationToken);
            return scanned;
        }
        finally
        {
            meter.Ends();
        }

        (Action<int, CancellationToken>, IDisposable) NewReader()
        {
            var reader = new ScanReader(new(scanner, antivirus), results, request, meter);
            return ((index, stop) =>
            {
                scanned[index] = reader.Read(files[index], remembered[index], stop);
                meter.FileDone();
            }, reader);
        }

        void Keep(IReadOnlyList<int> done)
        {
            Record(done.Select(index => scanned[index])); // first: a result that is remembered is not recorded any more
            var hashed = done.Where(index => scanned[index].IsHashed).ToArray();
            var unknown = hashed.Where(index => scanned[index].Sha256 != remembered[index]).Select(index => (files[index], scanned[index].Sha256!.Value)).ToArray();
            if (unknown.Length > 0) _hashes.Keep(unknown);
            var judged = hashed.Where(index => scanned[index].Judged is not null).Select(index => (new ResultKey(scanned[index].Sha256!.Value, files[index].Path), scanned[index].Judged!)).ToArray();
            if (judged.Length > 0) results.Keep(judged);
        }
    }

    private void Record(IEnumerable<ScannedFile> files) => audit.AppendUnlessKnown([.. files.Select(ScanAudit.Of).OfType<AuditEntry>()]);

    /// <returns>What needs no reading; null for the rest. A small file is always read: that it looks unchanged proves nothing, and an antivirus wants to see each.</returns>
    private ScannedFile? Known(ScanRequest request, FoundFile file, ContentHash? remembered)
    {
        if (file.Refusal is { } refusal) return new(file) { Refusal = refusal };
        if (antivirus.Client is not null || remembered is not { } sha256 || file.Stamp.Bytes <= ScanReader.MostHashed || results.Recall(new(sha256, file.Path)) is not { } report) return null;
        return new(file) { Sha256 = sha256, Report = report, IsRecalled = true };
    }
}
