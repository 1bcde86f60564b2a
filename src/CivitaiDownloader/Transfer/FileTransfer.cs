using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Connections;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Pacing;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Repairing;
using CivitaiDownloader.Transfer.Sources;
using CivitaiDownloader.Transfer.Writing;
using Microsoft.Extensions.Logging;

namespace CivitaiDownloader.Transfer;

/// <summary>
/// Brings one file from its origin to a verified file on disk, going on where an earlier run stopped. Knows HTTP and disks, not who publishes what.
/// </summary>
public sealed partial class FileTransfer(
    Outbound outbound, TransferOptions options, TimeProvider time, Random jitter, ILogger<FileTransfer> logger, ITransferLimits? limits = null, BandwidthLimit? bandwidth = null)
{
    private const int MaxChanges = 3;
    private const int LooksForOwner = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly BufferStock _buffers = new();
    private readonly ConnectionPermits _permits = new(limits ?? new FixedLimits(options));

    /// <summary>Fetches what is missing, checks length and hash, flushes. The caller places or disposes the result.</summary>
    /// <exception cref="TransferException">It could not; what arrived is kept for the next run unless the message says otherwise.</exception>
    /// <exception cref="HttpException">The host cannot be reached. What arrived is kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: everything that arrived is journalled.</exception>
    public async Task<StagedFile> RunAsync(TransferRequest request, TransferMeter meter, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(request, cancellationToken);
        try
        {
            return await RunLockedAsync(new(request, file, meter) { Bandwidth = bandwidth, Buffers = _buffers }, cancellationToken);
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
        return Coverage.Bytes(Coverage.Of(journal.Records, file.Length));
    }

    /// <summary>Room on the disk that the partial file has and its bytes do not fill yet: it need not be free.</summary>
    /// <exception cref="TransferException">As <see cref="KeptBytes"/>.</exception>
    public static long ReservedBytes(string partialPath) => Math.Max(0, AllocatedBytes.Of(partialPath) - KeptBytes(partialPath));

    /// <summary>Removes what arrived of a file that nobody wants any more.</summary>
    /// <returns>Bytes of the disk that are free by it; null when a process has the file in hand: nothing is removed then.</returns>
    /// <exception cref="TransferException">The disk refuses.</exception>
    public static long? Discard(string partialPath)
    {
        if (!File.Exists(partialPath)) return 0;
        try
        {
            using var file = PartialFile.Open(partialPath, Path.GetFileName(partialPath));
            var bytes = AllocatedBytes.Of(partialPath);
            Journal.Delete(Journal.PathFor(partialPath));
            File.Delete(partialPath);
            return bytes;
        }
        catch (TransferException busy) when (busy.Fault == TransferFault.Busy)
        {
            return null;
        }
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
        using var source = new FileSource(job, outbound, _permits, options, time, jitter);
        for (var changes = 0; ;)
        {
            using var run = new TransferRun(job, source, _permits, range => LogDamagedOnDisk(job.Request.Name, range), time);
            try
            {
                return await SettleAsync(job, source, run, cancellationToken);
            }
            catch (SourceChangedException)
            {
                if (++changes == MaxChanges) throw TransferErrors.SourceChanged(job.Request.Name, changes);
                LogChanged(job.Request.Name);
                run.StartOver();
            }
        }
    }

    private async Task<StagedFile> SettleAsync(TransferJob job, FileSource source, TransferRun run, CancellationToken cancellationToken)
    {
        var arrived = await run.FinishAsync(cancellationToken);
        if (job.Proof is not { } proof) return new(job.File, arrived, provedBy: null);
        if (arrived.Hashes.Contains(proof)) return new(job.File, arrived, proof);
        LogWrong(job.Request.Name);
        try
        {
            var isJournalled = run.IsJournalled;
            run.Dispose();
            var (content, provedBy) = await new FileRepair(job, source, proof).RunAsync(run.Facts!, arrived, isJournalled ? run.FinishAsync : null, cancellationToken);
            return new(job.File, content, provedBy);
        }
        catch (TransferException final) when (final.Fault is TransferFault.Damaged or TransferFault.SourceChanged)
        {
            run.StartOver();
            throw;
        }
    }
}
