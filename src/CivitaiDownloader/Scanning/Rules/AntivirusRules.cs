namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What another program says of a file. No file breaks these by itself, so none of the readers knows them.</summary>
internal static class AntivirusRules
{
    public static readonly Rule Found = new("antivirus-found", Severity.Dangerous, Certainty.Likely, "An antivirus knows it",
        "A signature of the antivirus that is set (Scan:Clamd) fits the file or something in it. Signatures are written for what was seen doing harm; a few fit harmless files by chance.")
    { Next = "Delete the file. If you have reason to think it harmless, look the signature's name up, and report it to ClamAV as a false positive." };

    public static readonly Rule NotScanned = new("antivirus-not-scanned", Severity.Suspicious, Certainty.Certain, "The antivirus that is set did not scan it",
        "An antivirus that is down, has no database or stops at its own limits says nothing about a file, and often calls it OK. With Scan:ClamdPolicy set to prefer this is a note, and the other rules decide.")
    { Next = "Do what the reason says: start clamd, run freshclam, or raise its limits together with Scan:ClamdMaxBytes. `civitai-dl doctor` shows whether it answers. Then scan again." };

    /// <summary>The same where people prefer an antivirus and do not require one.</summary>
    public static readonly Rule NotScannedNote = NotScanned with { Severity = Severity.Note };

    public static readonly Rule[] All = [Found, NotScanned];
}
