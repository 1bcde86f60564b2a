using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

public sealed partial class SqliteJobStore
{
    public Task<IReadOnlyList<ItemClaim>> ClaimAsync(ClaimWish wish, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wish.Most, 1);
        return HeardAsync(wish.Runner, transaction => new ClaimTaking(transaction, wish).Take(), (claims, at) =>
        {
            _held.Add(wish.Runner, at, claims);
            return claims;
        }, cancellationToken);
    }

    public Task<RunnerNews> BeatAsync(RunnerId runner, CancellationToken cancellationToken) => HeardAsync(runner, transaction =>
    {
        using var row = transaction.Connection.Prepared("SELECT id, claim_number, job_id FROM job_item WHERE status = 1 AND runner = $runner", ("$runner", Bytes(runner))).ExecuteReader();
        var (own, jobs) = (new Dictionary<ItemId, int>(), new SortedSet<long>());
        while (row.Read())
        {
            own[new(row.GetInt64(0))] = row.GetInt32(1);
            jobs.Add(row.GetInt64(2));
        }

        return (Own: own, Jobs: jobs.Select(job => transaction.Job(new(job))).ToArray());
    }, (found, at) => new RunnerNews(found.Jobs, _held.Beat(runner, at, found.Own)), cancellationToken);

    public Task<bool> EnterAsync(ItemClaim claim, ItemStage stage, CancellationToken cancellationToken) => Task.FromResult(_held.Enter(claim, stage, _time.GetUtcNow()));

    public Task<bool> EndAsync(ItemClaim claim, ItemEnd end, CancellationToken cancellationToken)
    {
        if (!end.Status.IsOver && end.Status != ItemStatus.WaitingForSignIn || end.Status == ItemStatus.Cancelled) throw new ArgumentException($"No claimed item ends {end.Status}.", nameof(end));
        return SettleAsync(claim, settling => settling.End(end), cancellationToken);
    }

    public Task<bool> ReturnAsync(ItemClaim claim, ItemReturn back, CancellationToken cancellationToken) => SettleAsync(claim, settling => settling.Return(back), cancellationToken);

    public Task LeaveAsync(RunnerId runner, CancellationToken cancellationToken) => _writer.RunAsync(transaction =>
    {
        DeadRunners.GiveBack(transaction, Bytes(runner), attempts: 1);
        return transaction.Connection.Execute("DELETE FROM job_runner WHERE runner = $runner", ("$runner", Bytes(runner)));
    }, _ => _held.Remove(runner), cancellationToken);

    internal static byte[] Bytes(RunnerId runner) => runner.Value.ToByteArray(bigEndian: true);

    private Task<bool> SettleAsync(ItemClaim claim, Func<Settling, bool> settle, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => settle(new(transaction, claim)), _ => _held.Remove(claim), cancellationToken);

    // A runner is heard of in the same transaction that answers it.
    private async Task<TAnswer> HeardAsync<T, TAnswer>(RunnerId runner, Func<JobTransaction, T> work, Func<T, DateTimeOffset, TAnswer> answer, CancellationToken cancellationToken)
    {
        TAnswer? said = default;
        await _writer.RunAsync(transaction =>
        {
            transaction.Connection.Execute("INSERT INTO job_runner VALUES ($runner, $now) ON CONFLICT (runner) DO UPDATE SET heard_at = excluded.heard_at", ("$runner", Bytes(runner)), ("$now", transaction.Now));
            return (Found: work(transaction), At: DateTimeOffset.FromUnixTimeMilliseconds(transaction.Now));
        }, heard => said = answer(heard.Found, heard.At), cancellationToken);
        return said!;
    }
}
