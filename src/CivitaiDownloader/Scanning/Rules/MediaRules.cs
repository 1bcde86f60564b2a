namespace CivitaiDownloader.Scanning.Rules;

internal static class MediaRules
{
    public static readonly Rule ActivePdf = new("pdf-active", Severity.Suspicious, Certainty.Likely, "A PDF that acts when it is opened, or hides whether it does",
        "Scripts, programs to start, attached files and encryption are how documents attack their readers.")
    { Next = "Open it in a viewer without scripts, as browsers have, or do without it." };

    public static readonly Rule[] All = [ActivePdf];
}
