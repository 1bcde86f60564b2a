using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What a draft is written with.</summary>
internal sealed record DraftParts(IJobStore Store, LibraryStore Library, PresentFiles Present, AccessChecks Access);

/// <summary>Takes candidates in batches, notes what may be wrong with each, and adds them to the draft.</summary>
internal sealed class DraftWriter(JobId draft, DraftParts parts, PlanRequest request, PlanTally tally, PlanMeter meter)
{
    /// <summary>Candidates to a batch: one question to the history and one transaction each.</summary>
    private const int Batch = 1000;

    private const int TooLargeBeforeEnd = 100;

    private readonly List<Candidate> _waiting = [];
    private readonly List<NewItem> _items = [];
    private readonly Fingerprints _contents = new();
    private readonly Fingerprints _places = new();
    private readonly SpaceCount _space = new();
    private int _tooLargeInARow;

    /// <summary>The rule by which nothing more fits, as its option is called; null while there is room.</summary>
    public string? StoppedBy { get; private set; }

    public bool IsFull => StoppedBy is not null;

    public IReadOnlyList<VolumeNeed> Volumes => _space.Read();

    public required DateTimeOffset Now { get; init; }

    private PlanRules Rules => request.Rules;

    // What is to be fetched so far.
    private FileSum Fetched => new(tally.Files.Count - tally.Present.Count, tally.Files.Bytes - tally.Present.Bytes);

    public async Task AddAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        if (!_contents.Add(candidate.ToPlanned().ContentKey))
        {
            tally.Duplicates++;
            return;
        }

        _waiting.Add(candidate);
        if (_waiting.Count >= Math.Clamp((Rules.MaxFiles ?? int.MaxValue) - Fetched.Count, 1, Batch)) await FlushAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0) return;
        var copies = parts.Present.CopiesOf(_waiting);
        var access = await parts.Access.AskAsync(Doubtful(copies), cancellationToken);
        for (var at = 0; at < _waiting.Count && !IsFull; at++) Take(_waiting[at], copies[at], access.GetValueOrDefault(_waiting[at].Version.Id));
        _waiting.Clear();
        await parts.Store.AddAsync(draft, _items, cancellationToken);
        meter.Filed(_items.Count);
        _items.Clear();
    }

    // Of what is there already nobody asks, and of what is sold the page has said it.
    private IEnumerable<ModelVersion> Doubtful(IReadOnlyList<IReadOnlyList<LibraryFile>> copies) =>
        _waiting.Where((candidate, at) => !copies[at].Any(copy => copy.Root == parts.Library.Root) && !IsSold(candidate.Version)).Select(candidate => candidate.Version);

    private bool IsSold(ModelVersion version) => version.EarlyAccess?.MayBeClosedAt(Now) == true;

    private void Take(Candidate candidate, IReadOnlyList<LibraryFile> copies, KnownAccess? access)
    {
        var planned = candidate.ToPlanned();
        var place = parts.Library.Plan(planned.PlacementFacts, null);
        var isTaken = false;
        if ((copies.FirstOrDefault(copy => copy.Root == place.Root) ?? parts.Present.Adopt(candidate, place, out isTaken)) is { } present)
        {
            tally.Count(candidate, isPresent: true);
            _items.Add(new(planned) { Status = ItemStatus.Skipped, Path = present.Path });
            return;
        }

        if ((access?.UsageControl ?? candidate.Version.UsageControl) is not (null or "Download"))
        {
            tally.Note(PlanProblemKind.DownloadsDisabled, new(candidate.Name, null));
            return;
        }

        if (!HasRoom(planned.Bytes ?? 0)) return;
        tally.Count(candidate, isPresent: false);
        _space.Add(place, planned.Bytes ?? 0);
        NoteAccess(candidate, access);
        NoteContent(candidate, planned);
        NotePlace(candidate, place, isTaken);
        _items.Add(new(planned));
    }

    private bool HasRoom(long bytes)
    {
        if (Rules.MaxFiles <= Fetched.Count)
        {
            StoppedBy = "max-files";
            return false;
        }

        if (Rules.MaxTotalBytes is not { } most || Fetched.Bytes + bytes <= most)
        {
            _tooLargeInARow = 0;
            return true;
        }

        tally.LeaveOut("max-total");
        if (++_tooLargeInARow == TooLargeBeforeEnd || Fetched.Bytes == most) StoppedBy = "max-total";
        return false;
    }

    private void NoteAccess(Candidate candidate, KnownAccess? known)
    {
        if (IsSold(candidate.Version))
        {
            var early = candidate.Version.EarlyAccess!;
            tally.Note(early.Permanent ? PlanProblemKind.Purchase : PlanProblemKind.EarlyAccess, new(candidate.Name, null) { At = early.EndsAt });
        }
        else if ((known?.Access?.Availability ?? candidate.Version.Availability) == "Private" || known?.Access?.CheckPermission == true && candidate.Version.EarlyAccess is null)
        {
            tally.Note(PlanProblemKind.Private, new(candidate.Name, null));
        }
        else if (known?.Access is null)
        {
            tally.AccessUnknown++;
        }
        else if (known.Access.RequireAuth == true && !request.HasKey)
        {
            tally.Note(PlanProblemKind.SignIn, new(candidate.Name, null));
        }
    }

    private void NoteContent(Candidate candidate, PlannedFile planned)
    {
        var file = candidate.File;
        if (planned.Hashes.Count == 0) tally.Note(PlanProblemKind.Unverifiable, Named(candidate));
        if (IsPickle(file) && !candidate.Version.Files.Any(other => other.IsSafeTensor)) tally.Note(PlanProblemKind.PickleOnly, Named(candidate));
        var verdicts = new[] { ("pickle scan", file.PickleScan), ("virus scan", file.VirusScan) }.Where(scan => scan.Item2 is not (null or "Success"))
            .Select(scan => $"{scan.Item1}: {VisibleText.OneLine(scan.Item2, 30)}").ToArray();
        if (verdicts.Length > 0) tally.Note(PlanProblemKind.ScanVerdict, Named(candidate) with { Detail = string.Join(", ", verdicts) });
    }

    private void NotePlace(Candidate candidate, PlacementPlan place, bool isTaken)
    {
        if (isTaken) tally.Note(PlanProblemKind.ForeignFile, Named(candidate) with { Detail = VisibleText.OneLine(place.Path, 4096) });
        if (!_places.Add(SafeName.FoldKey(place.RelativePath))) tally.Note(PlanProblemKind.Collision, Named(candidate) with { Detail = VisibleText.OneLine(place.RelativePath, 400) });
    }

    private static PlanExample Named(Candidate candidate) => new($"{candidate.Name}: {VisibleText.OneLine(candidate.File.Name, 120)}", null);

    private static bool IsPickle(ModelFile file) => file.Format == "PickleTensor"
        || (file.Format is null && Path.GetExtension(file.Name).ToLowerInvariant() is ".ckpt" or ".pt" or ".pth" or ".bin" or ".pkl");
}
