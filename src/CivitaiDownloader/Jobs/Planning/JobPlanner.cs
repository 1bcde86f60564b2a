using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>
/// Makes a draft of what sources name, and a report of what it would do. Holds a page of the site and a batch of items at a time, however many there are.
/// </summary>
public sealed class JobPlanner(CivitaiCatalog catalog, TargetResolver targets, LibraryStore library, HttpOptions http, IJobStore store, TimeProvider time)
{
    /// <summary>The draft is to be confirmed (<see cref="IJobStore.ConfirmAsync"/>) or removed by the caller; after an exception there is none.</summary>
    /// <exception cref="PlanException">No target can be downloaded, or a source broke off.</exception>
    /// <exception cref="JobException">Nothing is left to download.</exception>
    /// <exception cref="CivitaiDownloaderException">A source cannot be read, a filter is refused, or the store fails.</exception>
    public async Task<JobPlan> PlanAsync(PlanRequest request, PlanMeter meter, CancellationToken cancellationToken)
    {
        library.RequireFolder();
        var draft = await store.DraftAsync(request.Job, cancellationToken);
        try
        {
            return await PlanAsync(draft, request, meter, cancellationToken);
        }
        catch
        {
            await store.RemoveAsync(draft, CancellationToken.None);
            throw;
        }
    }

    private async Task<JobPlan> PlanAsync(JobId draft, PlanRequest request, PlanMeter meter, CancellationToken cancellationToken)
    {
        var tally = new PlanTally();
        // What may be given instead is the same for every line.
        foreach (var (list, mistake) in request.Mistakes) tally.Note(PlanProblemKind.NoTarget, new($"{list}, line {mistake.Line}", VisibleText.OneLine(mistake.What.Split(": give ")[0], 300)));
        var parts = new DraftParts(store, library, new(library, http), new(catalog, request.Cache));
        var writer = new DraftWriter(draft, parts, request, tally, meter) { Now = time.GetUtcNow() };
        var reader = new CandidateReader(new(catalog, targets, request.Cache), request, tally, meter);
        foreach (var source in request.Sources)
        {
            if (writer.IsFull) break;
            await ReadAsync(source, reader, writer, (request, tally), cancellationToken);
        }

        Require(tally);
        return await ReportAsync(draft, request, writer, tally, cancellationToken);
    }

    private static async Task ReadAsync(IJobSource source, CandidateReader reader, DraftWriter writer, (PlanRequest Request, PlanTally Tally) plan, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var candidate in reader.ReadAsync(source, cancellationToken))
            {
                await writer.AddAsync(candidate, cancellationToken);
                if (writer.IsFull) break;
            }
        }
        catch (CivitaiDownloaderException broken) when (broken is CatalogException or HttpException && broken.IsTransient)
        {
            await writer.FlushAsync(cancellationToken);
            if (plan.Tally.Files.Count == 0) throw;
            if (plan.Request.OnBreak == SourceBreak.Fail) throw PlanErrors.CutShort(plan.Tally.Files.Count, broken);
            plan.Tally.Note(PlanProblemKind.Incomplete, new(VisibleText.OneLine(broken.Message), null));
        }

        await writer.FlushAsync(cancellationToken);
        foreach (var gap in source.Gaps) plan.Tally.Note(PlanProblemKind.Incomplete, new(gap, null));
    }

    private static void Require(PlanTally tally)
    {
        if (tally.Files.Count > 0) return;
        if (tally.Problems.FirstOrDefault(problem => problem.Kind == PlanProblemKind.DownloadsDisabled) is { } disabled) throw CatalogErrors.DownloadsDisabled($"'{disabled.Examples[0].Name}'");
        if (tally.FirstFailure is not { } failure || tally.FailedTargets < tally.Targets) throw JobErrors.NothingPlanned(tally.LeftOut.Select(rule => $"{rule.Count} left out by --{rule.Rule}"));
        if (tally.FailedTargets == 1) throw failure;
        var first = tally.Problems.First(problem => problem.Kind == PlanProblemKind.TargetFailed).Examples[0];
        throw PlanErrors.AllFailed(tally.FailedTargets, first.Name, failure);
    }

    private async Task<JobPlan> ReportAsync(JobId draft, PlanRequest request, DraftWriter writer, PlanTally tally, CancellationToken cancellationToken)
    {
        var volumes = writer.Volumes;
        foreach (var volume in volumes.Where(volume => volume.IsShort))
            tally.Note(PlanProblemKind.Space, new(VisibleText.OneLine(volume.Path, 4096), $"{ByteSize.Format(volume.Needed)} needed, {ByteSize.Format(volume.Free!.Value)} free"));
        var measured = await new EarlierRate(store).MeasureAsync(cancellationToken);
        var limit = request.Job.Settings.BytesPerSecond;
        return new()
        {
            Draft = draft,
            Files = tally.Files,
            Present = tally.Present,
            OfUnknownSize = tally.OfUnknownSize,
            Volumes = volumes,
            Problems = tally.Problems,
            LeftOut = tally.LeftOut,
            StoppedBy = writer.StoppedBy,
            Duplicates = tally.Duplicates,
            Licences = tally.Licences,
            AccessUnknown = tally.AccessUnknown,
            BytesPerSecond = (measured, limit) switch { ({ } rate, { } most) => Math.Min(rate, most), _ => measured ?? limit },
            IsLimitOnly = measured is null && limit is not null,
        };
    }
}
