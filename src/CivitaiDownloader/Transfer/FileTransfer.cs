using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Transfer;

/// <summary>
/// Brings one file from its origin to a verified file on disk, going on where an earlier run stopped. Knows HTTP and disks, not who publishes what.
/// </summary>
public sealed partial class FileTransfer(Outbound outbound, TransferOptions options, TimeProvider time, Random jitter, ILogger<FileTransfer> logger)
{
    private const int MaxChanges = 3;
    private const int LooksForOwner = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Fetches what is missing, checks length and hash, flushes. The caller places or disposes the result.</summary>
    /// <exception cref="TransferException">It could not; what arrived is kept for the next run unless the message says otherwise.</exception>
    /// <exception cref="HttpException">The host cannot be reached. What arrived is kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: everything that arrived is journalled.</exception>
    public async Task<StagedFile> RunAsync(TransferRequest request, TransferMeter meter, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(request, cancellationToken);
        try
        {
            return await RunLockedAsync(new(request, file, meter), cancellationToken);
        }
        catch
        {
            file.DisposeUnlessUsed(Journal.PathFor(request.PartialPath));
            throw;
        }
    }

    /// <summary>Bytes of the partial file that need not be fetched again. Reads its journal only; another process may be at work on it.</summary>
    /// <exception cref="TransferException">The journal is of a newer version, or cannot be read.</exception>
    public static long KeptBytes(string partialPath)
    {
        var file = new FileInfo(partialPath); // looked at once: whoever is at work on it may give it its name at any moment
        if (!file.Exists || Journal.Read(Journal.PathFor(partialPath)) is not { } journal) return 0;
        return Journal.PrefixOf(journal.Records) is [.., var last] ? Math.Min(last.Range.End, file.Length) : 0;
    }

    // Between a process's lock and its journal lies a probe: a second process looks a few times more before it says that it does not know who has the file.
    private async Task<PartialFile> OpenAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                return PartialFile.Open(request.PartialPath, request.Name);
            }
            catch (TransferException busy) when (busy.Fault == TransferFault.Busy && look < LooksForOwner && Journal.Read(Journal.PathFor(request.PartialPath))?.Owner is null)
            {
                await Task.Delay(BetweenLooks, time, cancellationToken);
            }
        }
    }

    private async Task<StagedFile> RunLockedAsync(TransferJob job, CancellationToken cancellationToken)
    {
        for (var changes = 0; ;)
        {
            using var run = new TransferRun(job, new PartFetcher(job, outbound, options, time, jitter), time);
            try
            {
                return await run.FinishAsync(cancellationToken);
            }
            catch (SourceChangedException)
            {
                if (++changes == MaxChanges) throw TransferErrors.SourceChanged(job.Request.Name, changes);
                LogChanged(job.Request.Name);
                run.StartOver();
            }
            catch (PrefixDamagedException damage)
            {
                LogDamagedOnDisk(job.Request.Name, damage.Range);
                run.ForgetFrom(damage.Range.Start);
            }
        }
    }
}
