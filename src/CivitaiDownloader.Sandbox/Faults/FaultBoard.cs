using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>The faults that are on. Switched by a test or a person while the Sandbox runs, from any thread.</summary>
public sealed class FaultBoard
{
    private static readonly Fault Any = new(FaultKind.Delay);

    private readonly Lock _lock = new();
    private readonly List<FaultSwitch> _switches = []; // guarded by _lock, as is the counting of hits

    /// <returns>What tells how often it happened, and switches it off.</returns>
    public FaultSwitch Add(Fault fault)
    {
        var added = new FaultSwitch(fault, Remove);
        lock (_lock) _switches.Add(added);
        return added;
    }

    public FaultAim For(int model) => new(this, Any with { Model = model });

    public FaultAim ForVersion(int version) => new(this, Any with { Version = version });

    public FaultAim ForFile(int file) => new(this, Any with { File = file });

    public FaultAim ForPath(string beginning) => new(this, Any with { Path = beginning });

    public FaultAim On(SandboxSite site) => new(this, Any with { Site = site });

    public FaultAim When(Func<FaultRequest, bool> isHit) => new(this, Any with { When = isHit });

    public void Clear()
    {
        lock (_lock) _switches.Clear();
    }

    /// <summary>The first fault of this kind that is due for the request, counted as having happened.</summary>
    internal Fault? Take(FaultKind kind, FaultRequest request)
    {
        lock (_lock)
        {
            // By hand: this runs many times a request, and mostly over an empty list.
            foreach (var entry in _switches)
            {
                if (entry.Fault.Kind == kind && entry.Hits < entry.Fault.Times && entry.Fault.Fits(request)) return entry.Hit();
            }

            return null;
        }
    }

    private void Remove(FaultSwitch entry)
    {
        lock (_lock) _switches.Remove(entry);
    }
}

/// <summary>A fault that is on.</summary>
public sealed class FaultSwitch
{
    private readonly Action<FaultSwitch> _remove;
    private int _hits;

    internal FaultSwitch(Fault fault, Action<FaultSwitch> remove) => (Fault, _remove) = (fault, remove);

    public Fault Fault { get; }

    /// <summary>Requests it has hit.</summary>
    public int Hits => Volatile.Read(ref _hits);

    public void Off() => _remove(this);

    internal Fault Hit()
    {
        Volatile.Write(ref _hits, _hits + 1);
        return Fault;
    }
}

/// <summary>Which requests the faults that follow are for: <c>sandbox.Faults.For(4219).Add(FaultKind.Cut, amount: 1_000_000, times: 3)</c>.</summary>
public sealed class FaultAim
{
    private readonly FaultBoard _board;
    private readonly Fault _aim;

    internal FaultAim(FaultBoard board, Fault aim) => (_board, _aim) = (board, aim);

    public FaultSwitch Add(FaultKind kind, long amount = 0, int times = int.MaxValue) => _board.Add(_aim with { Kind = kind, Amount = amount, Times = times });
}
