using CivitaiDownloader.Catalog;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Counts what is met while a plan is made, and keeps of each problem the first ones only: a plan may have a hundred thousand files.</summary>
internal sealed class PlanTally
{
    private const int MostExamples = 1000;

    private readonly SortedDictionary<PlanProblemKind, (int Count, List<PlanExample> Examples)> _problems = [];
    private readonly Dictionary<string, int> _leftOut = [];

    public FileSum Files { get; private set; }
    public FileSum Present { get; private set; }
    public int OfUnknownSize { get; private set; }
    public int Duplicates { get; set; }
    public int AccessUnknown { get; set; }
    public LicenceCounts Licences { get; private set; } = new();

    /// <summary>Targets that were tried, whatever became of them.</summary>
    public int Targets { get; set; }

    /// <summary>The first target's failure.</summary>
    public CivitaiDownloaderException? FirstFailure { get; private set; }

    public int FailedTargets => CountOf(PlanProblemKind.TargetFailed);

    public IReadOnlyList<LeftOut> LeftOut => [.. _leftOut.Select(rule => new LeftOut(rule.Key, rule.Value))];

    public IReadOnlyList<PlanProblem> Problems => [.. _problems.Select(problem => new PlanProblem(problem.Key, problem.Value.Count, problem.Value.Examples))];

    public void Count(Candidate candidate, bool isPresent)
    {
        var bytes = candidate.File.EstimatedBytes ?? 0;
        Files = Files.Plus(bytes);
        if (isPresent) Present = Present.Plus(bytes);
        if (candidate.File.EstimatedBytes is null) OfUnknownSize++;
        Count(candidate.Model?.License);
    }

    public void LeaveOut(string rule) => _leftOut[rule] = _leftOut.GetValueOrDefault(rule) + 1;

    public void Fail(string target, CivitaiDownloaderException failure)
    {
        FirstFailure ??= failure;
        Note(PlanProblemKind.TargetFailed, new(VisibleText.OneLine(target, 120), VisibleText.OneLine(failure.Message, 300)));
    }

    public void Note(PlanProblemKind kind, PlanExample example)
    {
        var (count, examples) = _problems.TryGetValue(kind, out var known) ? known : (0, []);
        if (examples.Count < MostExamples) examples.Add(example);
        _problems[kind] = (count + 1, examples);
    }

    public int CountOf(PlanProblemKind kind) => _problems.TryGetValue(kind, out var known) ? known.Count : 0;

    private void Count(License? license) => Licences = license is null or { CommercialUse: [], AllowDerivatives: null, AllowNoCredit: null }
        ? Licences with { Unknown = Licences.Unknown + 1 }
        : Licences with
        {
            NoCommercialUse = Licences.NoCommercialUse + (license.CommercialUse.All(use => use == "None") ? 1 : 0),
            CreditNeeded = Licences.CreditNeeded + (license.AllowNoCredit == false ? 1 : 0),
            NoDerivatives = Licences.NoDerivatives + (license.AllowDerivatives == false ? 1 : 0),
        };
}
