using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Writes what became of one claimed item, if the claim is still good.</summary>
internal sealed class Settling(JobTransaction transaction, ItemClaim claim)
{
    private sealed record Standing(JobId Job, long Bytes, bool JobIsOver);

    public bool End(ItemEnd end)
    {
        if (Find() is not { } item) return false;
        // In a job that is over nobody would ever let it go on.
        var status = end.Status == ItemStatus.WaitingForSignIn && item.JobIsOver ? ItemStatus.Cancelled : end.Status;
        var bytes = end.Bytes ?? item.Bytes;
        var revision = transaction.NextRevision();
        transaction.Connection.Execute("""
            UPDATE job_item SET status = $status, stage = NULL, runner = NULL, error_code = $code, error_message = $message, error_hint = $hint, error_exit_code = $exit, path = $path, sha256 = $sha256,
                verified = $verified, verdict = $verdict, bytes_fetched = bytes_fetched + $fetched, bytes = coalesce($bytes, bytes), note = $note, ended_at = $ended, revision = $revision,
                resolving_us = $resolving, downloading_us = $downloading, verifying_us = $verifying, scanning_us = $scanning, placing_us = $placing
            WHERE id = $id
            """,
            ("$status", (int)status), ("$code", end.Error?.Code), ("$message", end.Error?.Message), ("$hint", end.Error?.Hint), ("$exit", end.Error?.ExitCode), ("$path", end.Path),
            ("$sha256", end.Sha256 is { } hex ? Convert.FromHexString(hex) : null), ("$verified", end.IsVerified ? 1 : 0), ("$verdict", end.Verdict == ItemRows.UnknownVerdict ? null : end.Verdict),
            ("$fetched", end.BytesFetched), ("$bytes", end.Bytes), ("$note", end.Note), ("$ended", status.IsOver ? transaction.Now : null), ("$revision", revision),
            ("$resolving", Microseconds(end.Times.Resolving)), ("$downloading", Microseconds(end.Times.Downloading)), ("$verifying", Microseconds(end.Times.Verifying)),
            ("$scanning", Microseconds(end.Times.Scanning)), ("$placing", Microseconds(end.Times.Placing)), ("$id", claim.Item.Id.Value));
        Count(item, status, bytes, revision);
        return true;
    }

    public bool Return(ItemReturn back)
    {
        if (Find() is not { } item) return false;
        if (item.JobIsOver && back.IfOver is { } end) return End(end);
        var status = item.JobIsOver ? ItemStatus.Cancelled : ItemStatus.Pending;
        var revision = transaction.NextRevision();
        transaction.Connection.Execute("""
            UPDATE job_item SET status = $status, stage = NULL, runner = NULL, attempts = attempts - $stopped, not_before = $notBefore, bytes_fetched = bytes_fetched + $fetched, ended_at = $ended, revision = $revision,
                error_code = coalesce($code, error_code), error_message = iif($code IS NULL, error_message, $message), error_hint = iif($code IS NULL, error_hint, $hint),
                error_exit_code = iif($code IS NULL, error_exit_code, $exit),
                resolving_us = $resolving, downloading_us = $downloading, verifying_us = $verifying, scanning_us = $scanning, placing_us = $placing
            WHERE id = $id
            """,
            ("$status", (int)status), ("$stopped", back.Counts ? 0 : 1), ("$notBefore", status.IsOver ? null : back.NotBefore?.ToUnixTimeMilliseconds()), ("$fetched", back.BytesFetched),
            ("$ended", status.IsOver ? transaction.Now : null), ("$revision", revision), ("$code", back.Error?.Code), ("$message", back.Error?.Message), ("$hint", back.Error?.Hint), ("$exit", back.Error?.ExitCode),
            ("$resolving", Microseconds(back.Times.Resolving)), ("$downloading", Microseconds(back.Times.Downloading)), ("$verifying", Microseconds(back.Times.Verifying)),
            ("$scanning", Microseconds(back.Times.Scanning)), ("$placing", Microseconds(back.Times.Placing)), ("$id", claim.Item.Id.Value));
        Count(item, status, item.Bytes, revision);
        return true;
    }

    // Null when the claim is not the runner's any more: each claim of an item has a number of its own.
    private Standing? Find()
    {
        using var row = transaction.Connection.Prepared("SELECT job_id, coalesce(bytes, 0), (SELECT status FROM job WHERE id = job_id) FROM job_item WHERE id = $id AND status = 1 AND claim_number = $number",
            ("$id", claim.Item.Id.Value), ("$number", claim.Number)).ExecuteReader();
        return row.Read() ? new(new(row.GetInt64(0)), row.GetInt64(1), JobLifecycle.IsOver((JobStatus)row.GetInt32(2))) : null;
    }

    private void Count(Standing item, ItemStatus status, long bytes, long revision)
    {
        var tally = transaction.Tally(item.Job, revision);
        tally.Remove(ItemStatus.Processing, item.Bytes);
        tally.Add(status, bytes);
    }

    private static long? Microseconds(TimeSpan? time) => time?.Ticks / TimeSpan.TicksPerMicrosecond;
}
