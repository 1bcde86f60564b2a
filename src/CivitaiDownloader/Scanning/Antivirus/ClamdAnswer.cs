namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>What clamd says of a file.</summary>
public abstract record ClamdAnswer
{
    private const string Beginning = "stream: ", SizeExceeded = "INSTREAM size limit exceeded. ERROR", Limits = "Heuristics.Limits.Exceeded";

    private ClamdAnswer() { }

    /// <summary>No signature fits what it looked at. That it looked at everything it does not say.</summary>
    public sealed record Nothing : ClamdAnswer;

    /// <param name="Signature">Its name, of whoever wrote the database: hostile text.</param>
    public sealed record Found(string Signature) : ClamdAnswer;

    /// <summary>It did not look at all of it.</summary>
    /// <param name="Reason">As a clause, fit to be shown.</param>
    public sealed record NotScanned(string Reason) : ClamdAnswer;

    /// <returns>Null for what clamd never says.</returns>
    public static ClamdAnswer? Read(string text)
    {
        if (text == SizeExceeded) return new NotScanned("the file is larger than clamd's StreamMaxLength");
        if (text == Beginning + "OK") return new Nothing();
        if (text.EndsWith(" ERROR", StringComparison.Ordinal)) return new NotScanned($"clamd answered '{ClamdErrors.Quoted(text)}'");
        if (!text.StartsWith(Beginning, StringComparison.Ordinal) || !text.EndsWith(" FOUND", StringComparison.Ordinal) || text.Length <= Beginning.Length + " FOUND".Length) return null;
        var signature = text[Beginning.Length..^" FOUND".Length];
        // With AlertExceedsMax clamd tells its own limits in the place of a signature.
        return signature.StartsWith(Limits, StringComparison.Ordinal) ? new NotScanned($"clamd reached a limit of its own, {ClamdErrors.Quoted(signature)}") : new Found(signature);
    }

    /// <summary>Whether clamd says so before it has the whole file: errors, never a verdict.</summary>
    internal static bool MayComeEarly(string text) => text.EndsWith(" ERROR", StringComparison.Ordinal);
}
