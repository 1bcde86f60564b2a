using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>The faults that are on. Switched by a test or a person while the Sandbox runs.</summary>
public sealed class FaultBoard
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, int Left)> _faults = []; // guarded by _lock

    public void Add(Fault fault)
    {
        lock (_lock) _faults.Add((fault, fault.Times));
    }

    public void Clear()
    {
        lock (_lock) _faults.Clear();
    }

    /// <summary>The first fault of this kind that is due for the request, counted as having happened.</summary>
    internal Fault? Take(FaultKind kind, FaultContext context)
    {
        lock (_lock)
        {
            var at = _faults.FindIndex(entry => entry.Left > 0 && entry.Fault.Kind == kind && Fits(entry.Fault, context));
            if (at < 0) return null;
            var (fault, left) = _faults[at];
            _faults[at] = (fault, left == int.MaxValue ? left : left - 1);
            return fault;
        }
    }

    private static bool Fits(Fault fault, FaultContext context) =>
        (fault.Site is null || fault.Site == context.Site) && (fault.Model is null || fault.Model == context.Model) && context.Served >= fault.After
        // An answer too short to be cut there, such as a probe's, does not use the fault up.
        && (fault.Kind is not (FaultKind.Cut or FaultKind.Stall) || fault.Amount < context.AnswerBytes);
}

/// <param name="Served">Bytes of the file that were served before.</param>
internal readonly record struct FaultContext(SandboxSite Site, int? Model, long Served)
{
    /// <summary>The length of the body that is about to be sent, where it is known.</summary>
    public long AnswerBytes { get; init; } = long.MaxValue;
}
