using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Reads sources one after the other, and of what they name the versions and files that the rules leave.</summary>
internal sealed class CandidateReader(TargetLookUps lookUps, PlanRequest request, PlanTally tally, PlanMeter meter)
{
    private const int FailuresInARow = 5;

    private int _transientInARow;

    public async IAsyncEnumerable<Candidate> ReadAsync(IJobSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var named = new List<ListedTarget>();
        await foreach (var entry in source.ReadAsync(cancellationToken))
        {
            if (entry is SourceEntry.Named { Target: var target })
            {
                named.Add(target);
                continue;
            }

            foreach (var candidate in Of(((SourceEntry.Listed)entry).Model)) yield return candidate;
        }

        await foreach (var lookedUp in lookUps.ReadAsync(named, cancellationToken))
        {
            foreach (var candidate in Of(lookedUp)) yield return candidate;
        }
    }

    private IEnumerable<Candidate> Of(Model model)
    {
        meter.Model();
        if (LeftOut(model.IsArchived ? "archived" : request.Rules.Against(model))) return [];
        return Chosen(model.Versions, model.Versions is [var first, ..] ? first : null).SelectMany(version => Of(model, version, null, null));
    }

    private IReadOnlyList<Candidate> Of(LookedUp lookedUp)
    {
        meter.Model();
        tally.Targets++;
        try
        {
            var found = (lookedUp.Found ?? throw lookedUp.Failure!).ToDownload();
            _transientInARow = 0;
            if (found.Model is { } model && LeftOut(request.Rules.Against(model))) return [];
            return [.. Chosen(found.Model?.Versions ?? [], found.Version).SelectMany(version => Of(found.Model, version, version.Id == found.Version.Id ? found.File : null, lookedUp.Target.Text))];
        }
        catch (CivitaiDownloaderException failure) when (failure is not Storage.StorageException)
        {
            // The site is away: to ask for all the rest in vain takes hours.
            if (failure.IsTransient && ++_transientInARow == FailuresInARow) throw;
            tally.Fail(lookedUp.Target.Text, failure);
            return [];
        }
    }

    private IEnumerable<Candidate> Of(Model? model, ModelVersion version, ModelFile? file, string? target)
    {
        if (LeftOut(request.Rules.Against(version)) || (version.Files.Count == 0 && target is null)) return [];
        var selection = file is null ? FileSelection.Of(version, ResolvedTarget.Describe(model, version), request.Rules) : FileSelection.Of(file, request.Rules);
        return LeftOut(selection.LeftOutBy) ? [] : selection.Files.Select(chosen => new Candidate(model, version, chosen, target));
    }

    // What was asked for itself is taken as it was answered: a version's own page says more than its model's.
    private ModelVersion[] Chosen(IReadOnlyList<ModelVersion> shown, ModelVersion? named)
    {
        ModelVersion[] all = [.. shown.Where(version => version.Files.Count > 0).Select(version => version.Id == named?.Id ? named : version)];
        return request.Rules.Versions switch
        {
            VersionChoice.All when all.Length > 0 => all,
            VersionChoice.Latest when all.Length > 0 => [all.MaxBy(version => version.PublishedAt)!],
            _ => named is null ? [] : [named],
        };
    }

    private bool LeftOut(string? rule)
    {
        if (rule is not null) tally.LeaveOut(rule);
        return rule is not null;
    }
}
