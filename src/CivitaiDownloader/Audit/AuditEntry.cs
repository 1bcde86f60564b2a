using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Audit;

/// <summary>What an entry is about. The log keeps the word, in lower case.</summary>
public enum AuditKind
{
    /// <summary>A scan came to a verdict about a file.</summary>
    Verdict,

    /// <summary>A person let a file out of quarantine.</summary>
    Release,

    /// <summary>A condemned file was deleted.</summary>
    Delete,

    /// <summary>What is refused or let pass was changed.</summary>
    Policy,

    /// <summary>A person had their way against a verdict.</summary>
    Override,

    /// <summary>The log itself was found cut or without its head when something was to be appended.</summary>
    Damage,
}

/// <summary>Something to be appended to the audit log.</summary>
public sealed record AuditEntry(AuditKind Kind, AuditFacts Facts)
{
    /// <summary>The file it is about, absolute; null where it is about none.</summary>
    public string? Path { get; init; }

    /// <summary>Of the bytes it is about; null where nobody has computed it.</summary>
    public ContentHash? Sha256 { get; init; }

    internal static string Word(AuditKind kind) => kind.ToString().ToLowerInvariant();
}
