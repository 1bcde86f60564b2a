using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Library.Hashing;

namespace CivitaiDownloader.Cli.Identify;

/// <summary>One file's end: named, unknown to Civitai, or neither, with the error that came between.</summary>
/// <param name="Matches">Empty when nobody has it; null when it could not be read or asked for.</param>
internal sealed record IdentifyOutcome(HashedFile Hashed, IReadOnlyList<IdentifiedVersion>? Matches, ErrorReport? Error)
{
    /// <summary>False where Civitai's answer is missing, or the names in it.</summary>
    public bool IsComplete => Hashed.Sha256 is null || Matches?.All(match => match.ModelName is not null) == true;

    public string Status => this switch
    {
        { Hashed.Sha256: null } => "unreadable",
        { Matches: null } => "unasked",
        { Matches.Count: 0 } => "unknown",
        _ => "identified",
    };
}
