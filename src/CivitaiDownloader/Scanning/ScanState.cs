using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning;

/// <summary>One scan under way: what it has found, and what it may still cost. For one thread.</summary>
internal sealed class ScanState(RuleSet rules, ScanLimits limits, long fileBytes, CancellationToken cancellationToken)
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(Rule, string?, long?)> _told = [];
    private long _unpacked;
    private int _members;

    public ScanLimits Limits => limits;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<Finding> Findings => _findings;

    public int FindingsLeftOut { get; private set; }

    public long BytesUnpacked => _unpacked;

    public Severity Worst { get; private set; }

    /// <summary>Notes one finding; the same rule at the same place is noted once. Keeps the worst when there are too many.</summary>
    public void Report(Rule rule, ScanItem item, string message, long? offset = null, string? element = null)
    {
        if (!rules.IsOn(rule) || !_told.Add((rule, item.Member, offset))) return;
        if (rule.Severity > Worst) Worst = rule.Severity;
        if (_findings.Count >= limits.MaxFindings)
        {
            FindingsLeftOut++;
            var mildest = _findings.FindIndex(finding => finding.Rule.Severity < rule.Severity);
            if (mildest < 0) return;
            _findings.RemoveAt(mildest);
        }

        _findings.Add(new(rule, message) { Offset = offset, Member = item.Member, Element = element });
    }

    /// <summary>Finds out what a part is and has it read. What goes wrong in a reader is a finding of the part, and ends there.</summary>
    /// <returns>What it is.</returns>
    public ContentKind Inspect(ScanItem item)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (item.Depth > limits.MaxDepth)
        {
            Report(CoreRules.Limit, item, $"more than {limits.MaxDepth} containers deep");
            return ContentKind.Unknown;
        }

        return new ContentInspection(this, item).Run();
    }

    /// <summary>Runs <paramref name="read"/> and turns what goes wrong in it into a finding.</summary>
    public void Guard(ScanItem item, Action read)
    {
        try
        {
            read();
        }
        catch (UnreadableException broken)
        {
            Report(CoreRules.Unreadable, item, broken.Message, broken.Offset);
        }
        catch (BudgetExceededException beyond)
        {
            Report(beyond.Rule, item, beyond.Message);
        }
        catch (Exception failed) when (failed is not (OperationCanceledException or SourceUnavailableException or InsufficientExecutionStackException))
        {
            Report(CoreRules.Unreadable, item, $"its reader gave up: {failed.GetType().Name}, {failed.Message}");
        }
    }

    /// <summary>Counts bytes that were unpacked, for the whole file.</summary>
    /// <exception cref="BudgetExceededException">More came out than the file may become.</exception>
    public void Unpacked(long bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _unpacked += bytes;
        if (_unpacked > limits.MaxUnpackedBytes) throw new BudgetExceededException(CoreRules.Limit, $"more than {limits.MaxUnpackedBytes} bytes unpacked");
        if (_unpacked > limits.FreeUnpackedBytes && _unpacked / limits.MaxUnpackedRatio > fileBytes) throw new BudgetExceededException(CoreRules.Bomb, $"{_unpacked} bytes came out of a file of {fileBytes}, and more would");
    }

    /// <summary>Counts one member of an archive, for the whole file.</summary>
    /// <exception cref="BudgetExceededException">There are too many.</exception>
    public void CountMember()
    {
        if (++_members > limits.MaxMembers) throw new BudgetExceededException(CoreRules.Limit, $"more than {limits.MaxMembers} members");
    }

    /// <summary>Whether the budget is used up: nothing more is unpacked then.</summary>
    public bool IsSpent => _members > limits.MaxMembers || _unpacked > limits.MaxUnpackedBytes || (_unpacked > limits.FreeUnpackedBytes && _unpacked / limits.MaxUnpackedRatio > fileBytes);
}

/// <summary>A limit was reached in the middle of something. Ends as a finding of <paramref name="rule"/>.</summary>
internal sealed class BudgetExceededException(Rule rule, string message) : Exception(message)
{
    public Rule Rule => rule;
}
