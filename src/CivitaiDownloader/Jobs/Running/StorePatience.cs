using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Waits out a full disk that holds the store: what became of an item is told when there is room again, not lost. Safe from any thread.</summary>
internal sealed class StorePatience(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _over = new();

    public static bool IsFull(Exception failure) => failure is StorageException { Fault: StorageFault.NoSpace };

    /// <exception cref="StorageException">The store fails otherwise, or is full and the run ends.</exception>
    public async Task WriteAsync(Func<Task> write)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (StorageException full) when (IsFull(full) && !_over.IsCancellationRequested)
            {
                await Task.Delay(BetweenTries, time, _over.Token).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    /// <summary>The run ends: nobody waits any longer.</summary>
    public void End() => _over.Cancel();

    public void Dispose() => _over.Dispose();
}
