namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What archives are judged by, whichever their format.</summary>
internal static class ArchiveRules
{
    private const string DoWithout = "Do not unpack it. Tell the page that offers it.";

    public static readonly Rule Traversal = new("archive-traversal", Severity.Dangerous, Certainty.Certain, "A member's name leads out of the folder it is unpacked into",
        "A program that unpacks the archive and believes the name writes where it likes: over programs, settings, or what starts with the computer.")
    { Next = DoWithout };

    public static readonly Rule OddName = new("archive-odd-name", Severity.Suspicious, Certainty.Certain, "A member's name is unusable or another one on some systems",
        "Device names, hidden streams, characters that are not shown and endings that are dropped make one file on one system and another one elsewhere, or mislead whoever reads the list.")
    { Next = "Have it packed anew with plain names, or do without the file." };

    public static readonly Rule DuplicateName = new("archive-duplicate-name", Severity.Suspicious, Certainty.Certain, "A name comes more than once in an archive",
        "One program takes the first of them, another the last: what was looked at is then not what is loaded.")
    { Next = "Have it packed anew by its author, or do without the file." };

    public static readonly Rule SimilarName = new("archive-similar-name", Severity.Suspicious, Certainty.Likely, "Two names in an archive differ only in case",
        "Windows and macOS take both for one file, so that the second replaces the first.")
    { Next = "Have it packed anew by its author, or unpack it where case counts." };

    public static readonly Rule LinkOutside = new("archive-link-outside", Severity.Dangerous, Certainty.Certain, "A member is a link to a place outside the archive",
        "What is later read or written through the link is a file of the computer: keys are read, or programs replaced.")
    { Next = DoWithout };

    public static readonly Rule ThroughLink = new("archive-through-link", Severity.Dangerous, Certainty.Certain, "A member is written through a link of the same archive",
        "The archive first makes a link and then writes below it. A chain of such links leaves any folder, and nobody packs files this way by accident.")
    { Next = DoWithout };

    public static readonly Rule Link = new("archive-link", Severity.Note, Certainty.Certain, "A member is a link to another one",
        "The link stays inside the archive. Some programs make a copy of it, some nothing at all.")
    { Next = "Nothing needs to be done." };

    public static readonly Rule SpecialFile = new("archive-special-file", Severity.Suspicious, Certainty.Certain, "A member is a device or a pipe",
        "No model needs one. Reading it hangs a program, or reaches the computer's hardware.")
    { Next = DoWithout };

    public static readonly Rule SetUserId = new("archive-set-user-id", Severity.Dangerous, Certainty.Certain, "A member takes the rights of its owner when it runs",
        "Unpacked by an administrator, such a program gives whoever starts it the administrator's rights.")
    { Next = DoWithout };

    public static readonly Rule Encrypted = new("archive-encrypted", Severity.Suspicious, Certainty.Certain, "An archive, or a member, is encrypted",
        "Without the password nobody can say what it holds. Attacks are packed this way so that no scanner looks inside.")
    { Next = "Unpack it into an empty folder with the password and scan that, or do without the file." };

    public static readonly Rule NotExamined = new("archive-not-examined", Severity.Suspicious, Certainty.Certain, "An archive of a kind, or packed by a method, that is not looked into",
        "What it holds was not looked at. Models are not shared this way.")
    { Next = "Unpack it into an empty folder and scan that, or do without the file." };

    public static readonly Rule TarAmbiguous = new("tar-ambiguous", Severity.Suspicious, Certainty.Certain, "A tar archive has other members for some readers than for others",
        "Where two headers say different things of one member, the scanner may look at one and the loader unpack the other.")
    { Next = "Have it packed anew by its author, or do without the file." };

    public static readonly Rule[] All = [Traversal, OddName, DuplicateName, SimilarName, LinkOutside, ThroughLink, Link, SpecialFile, SetUserId, Encrypted, NotExamined, TarAmbiguous];
}
