namespace CivitaiDownloader.Scanning.Rules;

internal static class GgufRules
{
    public static readonly Rule Version = new("gguf-version", Severity.Suspicious, Certainty.Certain, "A GGUF version that its reference reader refuses",
        "Readers know the versions 2 and 3 in little-endian order. What another number stands for is not known, so nothing behind it was looked at.")
    { Next = "Ask for the file in version 3, or convert it with the tools of llama.cpp." };

    public static readonly Rule[] All = [Version];
}
