namespace CivitaiDownloader.Scanning.Rules;

/// <summary>Rules that hold for every format.</summary>
internal static class CoreRules
{
    public static readonly Rule Unreadable = new("unreadable", Severity.Suspicious, Certainty.Certain, "The content breaks the rules of its format",
        "What the scanner cannot read, a loader may still read, and in another way: broken files are how scanners are passed.")
    { Next = "Fetch the file again, and compare its hash with the one its site gives. If it is the same, do not load it." };

    public static readonly Rule Limit = new("limit-reached", Severity.Suspicious, Certainty.Certain, "A limit was reached before everything was looked at",
        "Limits on depth, members and sizes keep the scan from being used as a weapon. What lies behind them was not looked at.")
    { Next = "Unpack it by hand into an empty folder and scan that, or do without the file." };

    public static readonly Rule Bomb = new("decompression-bomb", Severity.Suspicious, Certainty.Likely, "Unpacks to far more than such files do",
        "A few kilobytes that become gigabytes fill disks and memory. The scan stopped unpacking, so the rest was not looked at.")
    { Next = "Do not unpack it." };

    public static readonly Rule UnknownContent = new("content-unknown", Severity.Suspicious, Certainty.Certain, "The content is of no known kind",
        "No reader claims these bytes, so nobody can say what a program that loads them does.")
    { Next = "Ask its author which program it is for, and prefer a .safetensors file." };

    public static readonly Rule NameMismatch = new("name-mismatch", Severity.Suspicious, Certainty.Certain, "The name promises another kind of file than the content is",
        "Programs choose their reader by the name and people trust it. A checkpoint under the name of a safe format is loaded as a checkpoint; an error page saved as a model is none.")
    { Next = "Fetch the file again from its page. If the content stays as it is, tell its author." };

    public static readonly Rule DisguisedArchive = new("disguised-archive", Severity.Dangerous, Certainty.Certain, "An archive that checkpoint loaders do not read, under a checkpoint's name",
        "Scanners that choose their reader by the name fail on a 7z or RAR archive called .pt and pass it, while a patched or helpful loader unpacks it. Attacks have been spread this way.")
    { Next = "Delete the file." };

    public static readonly Rule HiddenData = new("hidden-data", Severity.Suspicious, Certainty.Certain, "Bytes that no reader of the format looks at",
        "Data behind the end of a file, in front of its beginning or in gaps is where second files are hidden.")
    { Next = "Do without the file, or have it saved anew by its author." };

    public static readonly Rule HiddenFile = new("hidden-file", Severity.Dangerous, Certainty.Certain, "Another file that runs or loads hidden where no reader looks",
        "The same bytes are a harmless file to one program and a program, a checkpoint or an archive to another. Nobody makes such files by accident.")
    { Next = "Delete the file." };

    public static readonly Rule[] All = [Unreadable, Limit, Bomb, UnknownContent, NameMismatch, DisguisedArchive, HiddenData, HiddenFile];
}
