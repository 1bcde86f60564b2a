using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>
/// Runs what is to be changed, one transaction after the other; what arrives while one is on its way to the disk goes into the next together
/// (docs/decisions/2026-11-job-claims.md). A change that throws is taken out, and the others are run again without it: a change must have no effect but on the database.
/// </summary>
/// <param name="first">Run at the beginning of every transaction.</param>
/// <param name="last">Run at its end.</param>
internal sealed class JobWriter(Database database, TimeProvider time, Action<JobTransaction> first, Action<JobTransaction> last)
{
    private const int SqliteConstraint = 19;

    private readonly Lock _lock = new(); // guards what follows
    private List<Change> _queue = [];
    private bool _runs;

    /// <param name="change">May be run more than once.</param>
    /// <param name="committed">Run once, before any later change.</param>
    public Task<T> RunAsync<T>(Func<JobTransaction, T> change, Action<T>? committed, CancellationToken cancellationToken)
    {
        var queued = new Change<T>(change, committed, cancellationToken);
        lock (_lock)
        {
            _queue.Add(queued);
            if (!_runs)
            {
                _runs = true;
                _ = Task.Run(Drain, CancellationToken.None);
            }
        }

        return queued.Ended;
    }

    private void Drain()
    {
        while (true)
        {
            List<Change> changes;
            lock (_lock)
            {
                if (_queue.Count == 0)
                {
                    _runs = false;
                    return;
                }

                (changes, _queue) = (_queue, []);
            }

            changes.RemoveAll(change => change.IsGivenUp());
            while (changes.Count > 0) Commit(changes);
        }
    }

    // Leaves in the list what is to be run again.
    private void Commit(List<Change> changes)
    {
        Change? refused = null;
        try
        {
            database.Run(connection => RunAll(connection, changes, out refused));
        }
        catch (Exception failure)
        {
            // Not ours to handle: each caller gets it.
            foreach (var change in refused is null ? [.. changes] : new[] { refused })
            {
                change.Fail(failure);
                changes.Remove(change);
            }

            return;
        }

        foreach (var change in changes) change.Commit();
        changes.Clear();
    }

    private void RunAll(DatabaseConnection connection, List<Change> changes, out Change? refused)
    {
        refused = null;
        connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var transaction = new JobTransaction(connection, time.GetUtcNow());
            first(transaction);
            foreach (var change in changes)
            {
                refused = change;
                change.Run(transaction);
                refused = null;
            }

            last(transaction);
            transaction.Flush();
            connection.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            if (failure is SqliteException { SqliteErrorCode: not SqliteConstraint }) refused = null; // the disk's fault, not this change's
            Undo(connection);
            throw;
        }
    }

    private static void Undo(DatabaseConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk has SQLite undo by itself.
        }
    }

    private abstract class Change
    {
        public abstract void Run(JobTransaction transaction);
        public abstract void Commit();
        public abstract void Fail(Exception failure);
        public abstract bool IsGivenUp();
    }

    private sealed class Change<T>(Func<JobTransaction, T> change, Action<T>? committed, CancellationToken cancellationToken) : Change
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _value = default!;

        public Task<T> Ended => _result.Task;

        public override void Run(JobTransaction transaction) => _value = change(transaction);

        public override void Commit()
        {
            try
            {
                committed?.Invoke(_value);
                _result.TrySetResult(_value);
            }
            catch (Exception failure)
            {
                _result.TrySetException(failure); // its caller's: those behind it go on
            }
        }

        public override void Fail(Exception failure) => _result.TrySetException(failure);

        public override bool IsGivenUp() => cancellationToken.IsCancellationRequested && _result.TrySetCanceled(cancellationToken);
    }
}
