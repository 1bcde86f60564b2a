using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Claims items for one runner.</summary>
internal sealed class ClaimTaking(JobTransaction transaction, ClaimWish wish)
{
    private readonly byte[] _runner = SqliteJobStore.Bytes(wish.Runner);

    public IReadOnlyList<ItemClaim> Take()
    {
        transaction.WriteTallies(); // by which jobs with nothing pending are passed over
        var claims = new List<ItemClaim>();
        foreach (var job in ClaimQuery.JobsThatMayRun(transaction.Connection, wish.Jobs))
        {
            var items = ClaimQuery.Items(transaction, job, wish, wish.Most - claims.Count);
            if (items.Count == 0) continue;
            var claimed = items.ConvertAll(Claim);
            var record = transaction.Job(job);
            if (record.Status == JobStatus.Pending) record = new JobCommand(transaction, record).Apply(JobAction.Start, null);
            claims.AddRange(claimed.Select(claim => new ItemClaim(claim.Item, record, wish.Runner, claim.Number)));
            if (claims.Count == wish.Most) break;
        }

        return claims;
    }

    private (ItemRecord Item, int Number) Claim(ItemId item)
    {
        var revision = transaction.NextRevision();
        using var row = transaction.Connection.Prepared($"""
            UPDATE job_item SET status = 1, stage = 0, runner = $runner, claim_number = claim_number + 1, attempts = attempts + 1, not_before = NULL, started_at = $now, revision = $revision
            WHERE id = $id RETURNING {ItemRows.Columns}
            """, ("$runner", _runner), ("$now", transaction.Now), ("$revision", revision), ("$id", item.Value)).ExecuteReader();
        row.Read();
        var record = ItemRows.Read(row, out var number);
        var tally = transaction.Tally(record.Job, revision);
        tally.Remove(ItemStatus.Pending, record.File.Bytes ?? 0);
        tally.Add(ItemStatus.Processing, record.File.Bytes ?? 0);
        return (record, number);
    }
}
