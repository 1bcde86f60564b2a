using CivitaiDownloader.Jobs.Planning;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>One after the other where several targets mean the same content: the first fetches it, the others find it there. Safe from any thread.</summary>
public sealed class ContentTurns
{
    private readonly Lock _lock = new(); // guards what follows
    private readonly Dictionary<string, Task> _last = [];
    private readonly HashSet<int> _seen = []; // of 100,000 keys their hashes are enough: two alike cost one look more

    /// <summary>Takes the next turn for the plan's content. The caller waits for <see cref="ContentTurn.Before"/>, then works, then disposes the turn.</summary>
    public ContentTurn Take(ItemPlan plan)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            var before = _last.GetValueOrDefault(plan.StagingKey, Task.CompletedTask);
            _last[plan.StagingKey] = over.Task;
            return new(before, () => End(plan.StagingKey, over)) { IsFirst = _seen.Add(plan.StagingKey.GetHashCode(StringComparison.Ordinal)) };
        }
    }

    private void End(string key, TaskCompletionSource over)
    {
        lock (_lock)
        {
            if (_last.GetValueOrDefault(key) == over.Task) _last.Remove(key);
        }

        over.TrySetResult();
    }
}

/// <summary>A place in the row for one content.</summary>
public sealed class ContentTurn(Task before, Action end) : IDisposable
{
    /// <summary>Ends when those before are done, well or not; ended already for the first.</summary>
    public Task Before => before;

    /// <summary>False when somebody had that content before, maybe after the plan was made: then it is to be made again.</summary>
    public bool IsFirst { get; init; }

    public void Dispose() => end();
}
