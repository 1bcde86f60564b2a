using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library;

public enum LibraryFault
{
    TemplateInvalid,
    NotWritable,
    NoSpace,

    /// <summary>A link inside the library points out of it.</summary>
    LinkLeavesLibrary,

    /// <summary>The staged file is not the one that was checked.</summary>
    StagedFileChanged,

    /// <summary>A name given with <c>--output</c> that no disk takes.</summary>
    NameTooLong,

    NoSuchPath,
    NotReadable,

    /// <summary>A pipe, a socket or a device: it has no content of its own.</summary>
    NotARegularFile,

    /// <summary>Somebody wrote to a file while it was read.</summary>
    ChangedWhileRead,
}

public sealed class LibraryException(LibraryFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public LibraryFault Fault { get; } = fault;

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => false;
}

internal static class LibraryErrors
{
    public static LibraryException UnknownField(string template, int position, string field, IEnumerable<string> known) => new(LibraryFault.TemplateInvalid,
        $"The template '{VisibleText.OneLine(template)}' has an unknown field '{{{VisibleText.OneLine(field, 60)}}}' at position {position + 1}")
    { Hint = $"Known fields are {string.Join(", ", known.Select(name => $"{{{name}}}"))}. Set it with --set Library:Template=… or in the config file. Nothing was downloaded." };

    public static LibraryException Template(string template, int position, string what) => new(LibraryFault.TemplateInvalid,
        $"The template '{VisibleText.OneLine(template)}' has {what} (position {position + 1})")
    { Hint = "A good one is {type}/{creator}/{modelName}/{fileName}. Set it with --set Library:Template=… or in the config file. Nothing was downloaded." };

    public static LibraryException NameTooLong(string name, int bytes, int most) => new(LibraryFault.NameTooLong,
        $"The name '{VisibleText.OneLine(name, 60)}' has {bytes} bytes; file systems take {most}")
    { Hint = "Give a shorter name with --output, or a folder (ending in /) to keep the file's own. Nothing was downloaded." };

    public static LibraryException RootIsFile(string path) => new(LibraryFault.NotWritable, $"'{VisibleText.OneLine(path)}' is a file, not a folder")
    { Hint = "Choose a folder with --library or --output. Nothing was downloaded." };

    public static LibraryException NotWritable(string path, Exception cause) => new(LibraryFault.NotWritable,
        $"'{VisibleText.OneLine(path)}' cannot be written: {DiskReason.Of(cause)}", cause)
    { Hint = "Check the folder's permissions and that its disk is not read-only, or choose another with --library. Nothing is lost." };

    public static LibraryException NoSpace(string folder, long needed, long free) => new(LibraryFault.NoSpace,
        $"'{VisibleText.OneLine(folder)}' has {ByteSize.Format(free)} free and this download needs {ByteSize.Format(needed)}")
    { Hint = "Free some space or choose another place with --library or --output, then run the same command again. Nothing is lost." };

    public static LibraryException DiskFull(string folder, Exception cause) => new(LibraryFault.NoSpace,
        $"No space left in '{VisibleText.OneLine(folder)}'", cause)
    { Hint = "Free some space, then run the same command again: it goes on where it stopped. Nothing is lost." };

    public static LibraryException NoRoomToUnpack(string path, string folder, Exception cause) => new(LibraryFault.NoSpace,
        $"'{VisibleText.OneLine(path)}' was not examined: the folder for temporary files, '{VisibleText.OneLine(folder)}', takes no more of what is in it", cause)
    { Hint = "Free some space there, or name another folder in TMPDIR (TMP on Windows), then run the same command again. Nothing was changed." };

    public static LibraryException LinkLeavesLibrary(string link, string target) => new(LibraryFault.LinkLeavesLibrary,
        $"'{VisibleText.OneLine(link)}' is a link to '{VisibleText.OneLine(target)}', outside of the library, and is not followed")
    { Hint = "Replace the link by a folder, or make the place it points to the library with --library. What was downloaded is kept." };

    public static LibraryException NoSuchPath(string path) => new(LibraryFault.NoSuchPath,
        $"There is no file or folder '{VisibleText.OneLine(path)}'")
    { Hint = "Check the name. Nothing was changed." };

    public static LibraryException BrokenLink(string path, string target) => new(LibraryFault.NoSuchPath,
        $"'{VisibleText.OneLine(path)}' is a link to '{VisibleText.OneLine(target)}', which is not there")
    { Hint = "Remove the link, or bring back the disk or folder it leads to. Nothing was changed." };

    public static LibraryException NotReadable(string path, Exception cause) => IsNoText(path, cause) ? NameIsNoText(path, cause) : new(LibraryFault.NotReadable,
        $"'{VisibleText.OneLine(path)}' cannot be read: {VisibleText.OneLine(cause.Message)}", cause)
    { Hint = "Check its permissions and the disk it is on, then run the same command again: what was read is remembered. Nothing was changed." };

    // A name on Linux is bytes. What is not UTF-8 comes as U+FFFD, and under that name nothing is there.
    private static bool IsNoText(string path, Exception cause) => cause is FileNotFoundException or DirectoryNotFoundException && path.Contains('\uFFFD', StringComparison.Ordinal);

    private static LibraryException NameIsNoText(string path, Exception cause) => new(LibraryFault.NotReadable, $"'{VisibleText.OneLine(path)}' cannot be read: its name is not UTF-8", cause)
    { Hint = "Rename it; `ls -b` shows the bytes of its name, and convmv converts whole folders. Nothing was changed." };

    /// <param name="kind">As <see cref="SpecialFile.Of"/> has it.</param>
    public static LibraryException NotARegularFile(string path, string kind) => new(LibraryFault.NotARegularFile,
        $"'{VisibleText.OneLine(path)}' is {kind}, not a regular file")
    { Hint = "Name a file that lies on a disk; what comes through a pipe can be saved into one first. It was not opened, and nothing was changed." };

    public static LibraryException ChangedWhileRead(string path) => new(LibraryFault.ChangedWhileRead,
        $"'{VisibleText.OneLine(path)}' was changed by another program while it was read")
    { Hint = "Run the same command again when that is done. Nothing was changed." };

    public static LibraryException StagedFileChanged(string path) => new(LibraryFault.StagedFileChanged,
        $"'{VisibleText.OneLine(path)}' was changed by another program after it had been checked, and was not placed")
    { Hint = "Find out what writes into the staging folder, then run the same command again." };
}
