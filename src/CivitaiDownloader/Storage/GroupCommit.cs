using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>
/// Writes for many threads in one transaction: while one thread commits, and its disk flushes, others gather; the next one commits for all of them. Nobody
/// waits for more than two flushes, and one flush serves all. Safe from any thread.
/// </summary>
internal sealed class GroupCommit(ConnectionPool pool) : IDisposable
{
    private readonly Lock _gathering = new(); // guards the next one
    private List<Entry> _waiting = [];
    private readonly Lock _turn = new(); // held by who commits; guards the connections
    private DatabaseConnection? _durable;
    private DatabaseConnection? _quick;

    /// <summary>Returns when the work is committed. It may be run twice: when another one of its group fails, each is run by itself.</summary>
    public T Run<T>(Durability durability, Func<DatabaseConnection, T> work)
    {
        T result = default!;
        var entry = new Entry(durability, connection => result = work(connection));
        lock (_gathering) _waiting.Add(entry);
        lock (_turn)
        {
            if (!entry.IsDone) CommitWaiting_NeedsTurn();
        }

        entry.Failure?.Throw();
        return result;
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _durable?.Dispose();
            _quick?.Dispose();
            _durable = _quick = null;
        }
    }

    private void CommitWaiting_NeedsTurn()
    {
        List<Entry> group;
        lock (_gathering) (group, _waiting) = (_waiting, []);
        if (group.Count > 1 && TryCommit_NeedsTurn(group) is null) return;
        foreach (var entry in group)
        {
            entry.Failure = TryCommit_NeedsTurn([entry]) is { } failure ? System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure) : null;
            entry.IsDone = true;
        }
    }

    private Exception? TryCommit_NeedsTurn(List<Entry> group)
    {
        try
        {
            var connection = group.Exists(entry => entry.Durability == Durability.Now) ? _durable ??= pool.Open(Durability.Now) : _quick ??= pool.Open(Durability.Later);
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var entry in group) entry.Work(connection);
            transaction.Commit();
            foreach (var entry in group) entry.IsDone = true;
            return null;
        }
        catch (Exception failure) // its caller's to deal with
        {
            return failure;
        }
    }

    private sealed class Entry(Durability durability, Action<DatabaseConnection> work)
    {
        public Durability Durability => durability;

        public Action<DatabaseConnection> Work => work;

        public bool IsDone { get; set; }

        public System.Runtime.ExceptionServices.ExceptionDispatchInfo? Failure { get; set; }
    }
}
