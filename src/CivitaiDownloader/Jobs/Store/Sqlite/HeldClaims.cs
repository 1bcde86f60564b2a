using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>
/// What this process believes to hold: to tell a runner what it has lost, and to answer what is asked for every stage of every item without a look at the disk.
/// The belief is true as long as the runner was heard of within <see cref="IJobStore.ClaimLifetime"/>: nobody takes a claim before.
/// </summary>
internal sealed class HeldClaims
{
    private readonly Lock _lock = new(); // guards what follows
    private readonly Dictionary<RunnerId, Runner> _runners = [];
    private Dictionary<ItemId, (int Number, ItemStage Stage)> _stages = []; // not written yet

    /// <param name="heardAt">What the store knows of the runner.</param>
    public void Add(RunnerId runner, DateTimeOffset heardAt, IEnumerable<ItemClaim> claims)
    {
        lock (_lock)
        {
            if (!_runners.TryGetValue(runner, out var held)) _runners[runner] = held = new();
            if (heardAt - held.HeardAt >= IJobStore.ClaimLifetime) held.LoseAll(); // before it was heard of again
            held.HeardAt = heardAt;
            foreach (var claim in claims) held.Claims[claim.Item.Id] = claim.Number;
        }
    }

    /// <summary>The store has taken another heartbeat.</summary>
    /// <param name="own">What the runner still holds.</param>
    /// <returns>What it held and does not any more; said once.</returns>
    public IReadOnlyList<ItemId> Beat(RunnerId runner, DateTimeOffset heardAt, IReadOnlyDictionary<ItemId, int> own)
    {
        lock (_lock)
        {
            if (!_runners.TryGetValue(runner, out var held)) _runners[runner] = held = new();
            held.HeardAt = heardAt;
            ItemId[] lost = [.. held.Claims.Where(claim => own.GetValueOrDefault(claim.Key) != claim.Value).Select(claim => claim.Key).Concat(held.Lost.Where(item => !own.ContainsKey(item))).Distinct().Order(Comparer<ItemId>.Create((a, b) => a.Value.CompareTo(b.Value)))];
            foreach (var item in lost) held.Claims.Remove(item);
            held.Lost.Clear();
            return lost;
        }
    }

    public bool Enter(ItemClaim claim, ItemStage stage, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_runners.TryGetValue(claim.Runner, out var held) || held.Claims.GetValueOrDefault(claim.Item.Id) != claim.Number || now - held.HeardAt >= IJobStore.ClaimLifetime) return false;
            _stages[claim.Item.Id] = (claim.Number, stage);
            return true;
        }
    }

    public void Remove(ItemClaim claim)
    {
        lock (_lock)
        {
            if (_runners.TryGetValue(claim.Runner, out var held) && held.Claims.GetValueOrDefault(claim.Item.Id) == claim.Number) held.Claims.Remove(claim.Item.Id);
            if (_stages.TryGetValue(claim.Item.Id, out var kept) && kept.Number == claim.Number) _stages.Remove(claim.Item.Id);
        }
    }

    public void Remove(RunnerId runner)
    {
        lock (_lock) _runners.Remove(runner);
    }

    public void WriteStages(JobTransaction transaction)
    {
        foreach (var (item, (number, stage)) in TakeStages())
        {
            var revision = transaction.NextRevision();
            var job = transaction.Connection.Prepared("UPDATE job_item SET stage = $stage, revision = $revision WHERE id = $id AND status = 1 AND claim_number = $number AND stage <> $stage RETURNING job_id",
                ("$stage", (int)stage), ("$revision", revision), ("$id", item.Value), ("$number", number)).ExecuteScalar();
            if (job is long id) transaction.Tally(new(id), revision);
        }
    }

    private Dictionary<ItemId, (int Number, ItemStage Stage)> TakeStages()
    {
        lock (_lock)
        {
            if (_stages.Count == 0) return _stages;
            (var taken, _stages) = (_stages, []);
            return taken;
        }
    }

    private sealed class Runner
    {
        public DateTimeOffset HeardAt { get; set; }

        public Dictionary<ItemId, int> Claims { get; } = [];

        /// <summary>Known to be lost, and not said yet.</summary>
        public HashSet<ItemId> Lost { get; } = [];

        public void LoseAll()
        {
            Lost.UnionWith(Claims.Keys);
            Claims.Clear();
        }
    }
}
