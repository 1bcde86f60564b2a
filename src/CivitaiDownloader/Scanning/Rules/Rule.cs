namespace CivitaiDownloader.Scanning.Rules;

/// <summary>One thing the scanners look for. Its id is stable: policies, reports and people refer to it.</summary>
/// <param name="Id">Kebab-case, its format first (<c>pickle-bad-call</c>).</param>
/// <param name="Title">What it finds, in one line without a full stop.</param>
/// <param name="Why">Why that matters, in whole sentences.</param>
public sealed record Rule(string Id, Severity Severity, Certainty Certainty, string Title, string Why)
{
    /// <summary>What a person can do about it, in whole sentences.</summary>
    public required string Next { get; init; }
}
