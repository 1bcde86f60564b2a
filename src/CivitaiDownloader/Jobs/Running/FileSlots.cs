using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>
/// Who may fetch now, in the order of asking: at most <see cref="TransferOptions.FilesAtOnce"/> files, or as many small ones as there are requests to a
/// host. A small file is all round trips: one of them leaves the line empty. Safe from any thread.
/// </summary>
public sealed class FileSlots
{
    private readonly Lock _lock = new(); // guards what follows
    private readonly Queue<(TaskCompletionSource Turn, int Cost)> _waiting = new();
    private readonly int _largeCost;
    private int _free;

    public FileSlots(TransferOptions transfer, HttpOptions http)
    {
        Room = Math.Max(Math.Max(http.MaxConnectionsPerHost, http.MaxStreamsPerHost), transfer.FilesAtOnce);
        (_free, _largeCost) = (Room, Room / transfer.FilesAtOnce);
    }

    /// <summary>The most files that run at once, if all are small.</summary>
    public int Room { get; }

    /// <summary>Returns when it is the plan's turn. Its place in the row is taken when this is called. The caller disposes the slot.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while it waited.</exception>
    public Task<IDisposable> EnterAsync(ItemPlan plan, CancellationToken cancellationToken) => EnterAsync(plan.Present is null ? plan.Needed : 0, cancellationToken);

    /// <param name="bytes">To be fetched; null where nobody knows, which is not small.</param>
    internal async Task<IDisposable> EnterAsync(long? bytes, CancellationToken cancellationToken)
    {
        var cost = bytes < TransferRequest.SmallBytes ? 1 : _largeCost;
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _free >= cost)
            {
                _free -= cost;
                return new Slot(this, cost);
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((turn, cost));
        }

        await using var cancelled = cancellationToken.Register(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Slot(this, cost);
    }

    private void Leave(int cost)
    {
        lock (_lock)
        {
            _free += cost;
            while (_waiting.TryPeek(out var next) && (next.Turn.Task.IsCanceled || _free >= next.Cost))
            {
                _waiting.Dequeue();
                if (next.Turn.TrySetResult()) _free -= next.Cost;
            }
        }
    }

    private sealed class Slot(FileSlots slots, int cost) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) slots.Leave(cost);
        }
    }
}
