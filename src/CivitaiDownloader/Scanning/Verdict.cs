namespace CivitaiDownloader.Scanning;

/// <summary>What a scan says of one file. The order is that of harm: the worst finding decides.</summary>
public enum Verdict
{
    /// <summary>Every byte is accounted for by a reader that found nothing.</summary>
    Clean,

    /// <summary>Nobody could look: the file cannot be opened, or changed while it was read. Never to be taken for clean.</summary>
    Unknown,

    /// <summary>It breaks the rules of its format, names what no list knows, or holds something that cannot be examined.</summary>
    Suspicious,

    /// <summary>Loading or unpacking it would run code, or reach files or the network.</summary>
    Dangerous,
}

/// <summary>How much one finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; alone it leaves a file clean.</summary>
    Note,
    Suspicious,
    Dangerous,
}

internal static class Severities
{
    /// <summary>What a file is whose worst finding weighs this much.</summary>
    public static Verdict ToVerdict(this Severity worst) => worst switch { Severity.Dangerous => Verdict.Dangerous, Severity.Suspicious => Verdict.Suspicious, _ => Verdict.Clean };
}

/// <summary>How sure a rule is that what it found is what it says.</summary>
public enum Certainty
{
    /// <summary>A pattern that harmless files can show as well.</summary>
    Possible,

    /// <summary>Harmless files hardly ever look so.</summary>
    Likely,

    /// <summary>The bytes say so themselves, by the rules of their format.</summary>
    Certain,
}
