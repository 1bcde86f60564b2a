namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What a zip archive must keep so that every reader sees the same members in it.</summary>
internal static class ZipRules
{
    private const string Next = "Do not load or unpack it. Have it packed anew by its author, or fetch it again if it may have been damaged on its way.";

    public static readonly Rule Ambiguous = new("zip-ambiguous", Severity.Suspicious, Certainty.Certain, "A zip archive tells one reader another story than the next",
        "Its directory at the end and the headers before its members must agree in names, sizes, methods, flags and places. Where they do not, a scanner looks at one file and the loader loads another (CVE-2025-1944, CVE-2025-1945).")
    { Next = Next };

    public static readonly Rule Checksum = new("zip-checksum", Severity.Suspicious, Certainty.Certain, "A member of a zip archive has another checksum than the archive says",
        "Either it was damaged, or a reader that refuses wrong checksums is to be kept from it while one that does not care loads it (CVE-2025-10156).")
    { Next = Next };

    public static readonly Rule[] All = [Ambiguous, Checksum];
}
