using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store;

/// <summary>
/// Where jobs and their items are kept, and who works on what. Every change is durable when its method returns; what any process changes, every other one
/// sees. Safe from any thread and process. What an implementation has to do is written in <c>JobStoreContract</c> of the tests.
/// Each method fails with <see cref="Storage.StorageException"/> where the store cannot be read or written.
/// </summary>
public interface IJobStore
{
    /// <summary>A runner that was not heard of for so long (<see cref="BeatAsync"/>) has lost its claims.</summary>
    static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(6);

    /// <summary>Begins a job that is being planned: nobody sees or runs it before <see cref="ConfirmAsync"/>. Drafts a dead planner left are dropped after a day.</summary>
    Task<JobId> DraftAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>Adds to a draft, or to a job that is not over.</summary>
    /// <returns>Which were added: what the job has already (<see cref="PlannedFile.ContentKey"/>) is passed over.</returns>
    Task<IReadOnlyList<bool>> AddAsync(JobId job, IReadOnlyList<NewItem> items, CancellationToken cancellationToken);

    /// <summary>Makes a draft a pending job.</summary>
    /// <exception cref="JobException">There is no such draft.</exception>
    Task<JobRecord> ConfirmAsync(JobId draft, CancellationToken cancellationToken);

    /// <summary>Removes a draft, or a job that is over, with its items. Files stay.</summary>
    /// <exception cref="JobException">No such job, it is not over, or a process has not let go of all its items yet (<see cref="JobFault.InHand"/>).</exception>
    Task RemoveAsync(JobId job, CancellationToken cancellationToken);

    /// <returns>Null when there is none, or only a draft.</returns>
    Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Confirmed jobs in the order of their numbers.</summary>
    Task<IReadOnlyList<JobRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Items in the order of their numbers, a page at a time. Of a draft, too.</summary>
    Task<IReadOnlyList<ItemRecord>> ItemsAsync(JobId job, ItemFilter filter, CancellationToken cancellationToken);

    /// <summary>Whether a job besides this one, which is not over, has something left to do with the same content (<see cref="PlannedFile.ContentKey"/>).</summary>
    Task<bool> IsWantedElsewhereAsync(JobId job, PlannedFile file, CancellationToken cancellationToken);

    /// <summary>What failed or stands still, counted by its cause (<see cref="ErrorGroup"/>); the most frequent first.</summary>
    Task<IReadOnlyList<ErrorGroup>> ErrorsAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a job along its lifecycle. Pausing and cancelling leave claimed items to their runners, who see it by <see cref="BeatAsync"/> and give them back.
    /// Cancelling ends all items that nobody has claimed; resuming lets those go on that wait for sign-in; retrying makes failed ones pending.
    /// Completing and failing happen only when no item is left: otherwise nothing is changed; a job whose own rule is broken (<see cref="JobSettings.MaxFailures"/>) fails
    /// all the same, and what is left of it is cancelled.
    /// </summary>
    /// <param name="reason">Of a pause. Of a resume: it happens only if the job is paused for that; null whatever for.</param>
    /// <exception cref="JobException">No such job, the lifecycle has no such transition, or there is nothing to retry.</exception>
    Task<JobRecord> ApplyAsync(JobId job, JobAction action, PauseReason? reason, CancellationToken cancellationToken);

    /// <summary>Changes what may be changed at any time; null leaves it.</summary>
    /// <exception cref="JobException">No such job.</exception>
    Task<JobRecord> ChangeAsync(JobId job, JobChange change, CancellationToken cancellationToken);

    /// <summary>Gives items of a job another priority.</summary>
    /// <returns>How many there were.</returns>
    Task<int> PrioritiseAsync(JobId job, IReadOnlyList<ItemId> items, Priority priority, CancellationToken cancellationToken);

    /// <summary>
    /// Claims items that are due, of jobs that are pending or processing: by the priority of their jobs, then the jobs' positions, then the items' priority, then
    /// their order. Claims of runners that are not heard of any more are taken over. A pending job becomes processing with its first claim.
    /// </summary>
    Task<IReadOnlyList<ItemClaim>> ClaimAsync(ClaimWish wish, CancellationToken cancellationToken);

    /// <summary>Says that the runner lives.</summary>
    /// <returns>The jobs of which it holds claims as they stand now, and how many claims of it are still its own.</returns>
    Task<RunnerNews> BeatAsync(RunnerId runner, CancellationToken cancellationToken);

    /// <summary>Says what is done to a claimed item. Not durable by itself: it may be written with the next change.</summary>
    /// <returns>False when the claim is not the runner's any more.</returns>
    Task<bool> EnterAsync(ItemClaim claim, ItemStage stage, CancellationToken cancellationToken);

    /// <summary>Settles a claimed item.</summary>
    /// <returns>False when the claim is not the runner's any more: nothing was changed.</returns>
    Task<bool> EndAsync(ItemClaim claim, ItemEnd end, CancellationToken cancellationToken);

    /// <summary>Gives a claimed item back; of a job that is over it ends thereby, as <see cref="ItemReturn.IfOver"/> says or cancelled.</summary>
    /// <returns>False when the claim is not the runner's any more: nothing was changed.</returns>
    Task<bool> ReturnAsync(ItemClaim claim, ItemReturn back, CancellationToken cancellationToken);

    /// <summary>The runner ends: what it holds goes back at once.</summary>
    Task LeaveAsync(RunnerId runner, CancellationToken cancellationToken);

    /// <summary>The moment the next item becomes due that is not now (<c>NotBefore</c>), of jobs that may run; null when none waits.</summary>
    Task<DateTimeOffset?> NextDueAsync(IReadOnlyCollection<JobId>? jobs, CancellationToken cancellationToken);

    /// <summary>Items of a job that changed after <paramref name="revision"/>, in the order of their changes, at most <paramref name="most"/>.</summary>
    Task<IReadOnlyList<ItemRecord>> ChangesAsync(JobId job, long revision, int most, CancellationToken cancellationToken);
}

/// <summary>A job to be made.</summary>
/// <param name="Name">One line; need not be unique.</param>
public sealed record NewJob(string Name, JobSettings Settings)
{
    public Priority Priority { get; init; }

    /// <summary>What it is made of, as it was typed; without secrets.</summary>
    public string Source { get; init; } = "";
}

/// <summary>An item to be added.</summary>
public sealed record NewItem(PlannedFile File)
{
    public Priority Priority { get; init; }

    /// <summary>Skipped for what was there when it was planned, with <see cref="Path"/>; else pending.</summary>
    public ItemStatus Status { get; init; } = ItemStatus.Pending;

    /// <summary>Where it lies already; of a skipped one.</summary>
    public string? Path { get; init; }
}

/// <summary>What of a job may be changed while it exists.</summary>
public sealed record JobChange
{
    public string? Name { get; init; }
    public Priority? Priority { get; init; }

    /// <summary>Moves it before all others of its priority.</summary>
    public bool ToFront { get; init; }

    /// <summary>Moves it behind all others of its priority.</summary>
    public bool ToBack { get; init; }

    /// <summary>Replaces its settings.</summary>
    public JobSettings? Settings { get; init; }
}

/// <summary>Which items.</summary>
public sealed record ItemFilter
{
    /// <summary>Any of these; empty for any.</summary>
    public IReadOnlyList<ItemStatus> Statuses { get; init; } = [];

    /// <summary>With an error of this code.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Whose model's, version's or file's name has this text in it, in any case.</summary>
    public string? Name { get; init; }

    /// <summary>Only behind this one.</summary>
    public ItemId? After { get; init; }

    /// <summary>How many at most.</summary>
    public int Most { get; init; } = 1000;
}

/// <summary>Items that failed for one cause: the same code and the same advice. Messages name files and differ.</summary>
/// <param name="Message">Of the first of them.</param>
/// <param name="Example">The first of them.</param>
public sealed record ErrorGroup(string Code, string Message, string? Hint, int Count, ItemRecord Example);

/// <summary>What a runner hears when it says that it lives.</summary>
/// <param name="Jobs">The jobs of its claims.</param>
/// <param name="Lost">Claims that it was taken for dead for, or that were settled by others: what it does for them it does in vain.</param>
public sealed record RunnerNews(IReadOnlyList<JobRecord> Jobs, IReadOnlyList<ItemId> Lost);
