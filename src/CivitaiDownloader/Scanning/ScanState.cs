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
    private Severity _mildestKept; // at least, once there are too many

    public ScanLimits Limits => limits;

    public CancellationToken CancellationToken => cancellationToken;

    public IReadOnlyList<Finding> Findings => _findings;

    public int FindingsLeftOut { get; private set; }

    public long BytesUnpacked => _unpacked;

    public Severity Worst { get; private set; }

    /// <summary>Whether this scan is one on the side, of bytes that no reader claims: it looks for what they are and no further.</summary>
    public bool IsAside { get; init; }

    /// <summary>Notes one finding; the same rule at the same place is noted once. Keeps the worst when there are too many.</summary>
    public void Report(Rule rule, ScanItem item, string message, long? offset = null, string? element = null)
    {
        Keep(new(rule, message) { Offset = offset, Member = item.Member, Element = element });
    }

    private void Keep(Finding finding)
    {
        var rule = finding.Rule;
        var key = (rule, finding.Member, finding.Offset);
        if (!rules.IsOn(rule) || _told.Contains(key)) return;
        if (rule.Severity > Worst) Worst = rule.Severity;
        if (_findings.Count >= limits.MaxFindings)
        {
            FindingsLeftOut++;
            if (!MakeRoom(rule.Severity)) return; // and is not noted as told either: a file may be made of findings
        }

        _told.Add(key);
        _findings.Add(finding);
    }

    private bool MakeRoom(Severity severity)
    {
        if (severity <= _mildestKept) return false;
        var mildest = _findings.FindIndex(kept => kept.Rule.Severity < severity);
        if (mildest < 0) _mildestKept = severity;
        else _findings.RemoveAt(mildest);
        return mildest >= 0;
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
        catch (Exception failed) when (failed is not (OperationCanceledException or SourceUnavailableException))
        {
            Report(CoreRules.Unreadable, item, $"its reader gave up: {failed.GetType().Name}, {failed.Message}");
        }
    }

    /// <summary>A scan on the side, of something that may turn out to be nothing. To be ended by <see cref="Join"/> or <see cref="Discard"/>, so that its costs count.</summary>
    public ScanState Fork() => new(rules, limits, fileBytes, cancellationToken) { _unpacked = _unpacked, _members = _members, IsAside = IsAside };

    /// <summary>Takes over what a scan on the side has found and spent.</summary>
    public void Join(ScanState fork)
    {
        Discard(fork);
        foreach (var finding in fork._findings) Keep(finding);
        FindingsLeftOut += fork.FindingsLeftOut;
    }

    /// <summary>Takes over what a scan on the side has spent, and forgets what it found.</summary>
    public void Discard(ScanState fork) => (_unpacked, _members) = (Math.Max(_unpacked, fork._unpacked), Math.Max(_members, fork._members));

    /// <summary>Counts bytes that were unpacked, for the whole file.</summary>
    /// <exception cref="BudgetExceededException">More came out than the file may become.</exception>
    public void Unpacked(long bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _unpacked += bytes;
        if (IsTooMuch) throw new BudgetExceededException(CoreRules.Limit, $"more than {limits.MaxUnpackedBytes} bytes unpacked");
        if (IsBomb) throw new BudgetExceededException(CoreRules.Bomb, $"{_unpacked} bytes came out of a file of {fileBytes}, and more would");
    }

    /// <summary>Counts one member of an archive, for the whole file.</summary>
    /// <exception cref="BudgetExceededException">There are too many.</exception>
    public void CountMember()
    {
        if (++_members > limits.MaxMembers) throw new BudgetExceededException(CoreRules.Limit, $"more than {limits.MaxMembers} members");
    }

    /// <summary>Whether the budget is used up: nothing more is unpacked then.</summary>
    public bool IsSpent => _members > limits.MaxMembers || IsTooMuch || IsBomb;

    private bool IsTooMuch => _unpacked > limits.MaxUnpackedBytes;

    private bool IsBomb => _unpacked > limits.FreeUnpackedBytes && _unpacked / limits.MaxUnpackedRatio > fileBytes;
}

/// <summary>A limit was reached in the middle of something. Ends as a finding of <paramref name="rule"/>.</summary>
internal sealed class BudgetExceededException(Rule rule, string message) : Exception(message)
{
    public Rule Rule => rule;
}
