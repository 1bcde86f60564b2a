namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>What becomes of a file that clamd did not scan.</summary>
public enum ClamdPolicy
{
    /// <summary>It is suspicious.</summary>
    Require,

    /// <summary>A note says so; the other rules decide.</summary>
    Prefer,
}
