using System.Net;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Repairing;

namespace CivitaiDownloader.Transfer;

/// <summary>Every message of the feature on one screen, so the wording stays even.</summary>
internal static class TransferErrors
{
    private const string GoOn = "Run the same command again: it goes on where it stopped. Nothing that arrived is lost.";

    public static TransferException Busy(string name, string? owner) => new(TransferFault.Busy,
        $"'{name}' is already being downloaded by {owner ?? "another process"}")
    { Hint = "Wait for it, or stop that process; then run the same command again. Nothing is lost." };

    public static TransferException Unreachable(string name, RedactedUri source, Exception? cause) => new(TransferFault.Unreachable,
        $"The connection for '{name}' to {source} failed again and again without a new byte{Because(cause)}", cause)
    { Hint = "Check the network. " + GoOn };

    public static TransferException SourceFailing(string name, RedactedUri source, HttpStatusCode status) => new(TransferFault.SourceFailing,
        $"{source} answered {(int)status} for '{name}' and went on doing so")
    { Hint = "The host is overloaded or down; wait some minutes. " + GoOn };

    public static TransferException LinkRefused(string name, RedactedUri source, HttpStatusCode status) => new(TransferFault.LinkRefused,
        $"{source} answered {(int)status} for '{name}', even with a fresh link")
    { Hint = "Try again later; if it stays so, its host has a fault that only the site can mend. Nothing that arrived is lost." };

    public static TransferException SourceGone(string name, RedactedUri source, HttpStatusCode status) => new(TransferFault.SourceGone,
        $"'{name}' is no longer at {source} (status {(int)status})")
    { Hint = "Look at the model with `civitai-dl info`: the file may have been replaced or removed. Nothing that arrived is lost." };

    public static TransferException SourceChanged(string name, int times) => new(TransferFault.SourceChanged,
        $"'{name}' changed at its source {times} times while it was fetched; parts of different files are never mixed")
    { Hint = "Its creator may be uploading right now; try again in some minutes. Nothing was placed in the library." };

    public static TransferException NotAFile(string name, RedactedUri source, string what) => new(TransferFault.NotAFile,
        $"{source} sent {what} in place of '{name}'")
    { Hint = "Usually a login or error page: check that your key is set and valid, or try again later. Nothing was placed in the library." };

    public static TransferException Encoded(string name, RedactedUri source, string encoding) => new(TransferFault.NotAFile,
        $"{source} sent '{name}' in the transfer encoding '{VisibleText.OneLine(encoding, 40)}', so its bytes cannot be counted or checked")
    { Hint = "A proxy on the way may compress downloads: switch that off for this host. Nothing was placed in the library." };

    public static TransferException TooLong(string name, long expected) => new(TransferFault.WrongLength,
        $"The source of '{name}' sent more than the {expected} bytes it announced")
    { Hint = "The host or a proxy is at fault; try again later. Nothing was placed in the library." };

    public static TransferException TooShort(string name, long arrived, long expected) => new(TransferFault.WrongLength,
        $"The source of '{name}' announced {expected} bytes, and every attempt ended after {arrived}")
    { Hint = "The host or a proxy is at fault; try again later. Nothing that arrived is lost, nothing was placed in the library." };

    public static TransferException Endless(string name, long limit) => new(TransferFault.WrongLength,
        $"The source of '{name}' names no size and sent more than {ByteSize.Format(limit)}, far beyond what the catalogue announces")
    { Hint = "The host or a proxy is at fault; try again later. Nothing was placed in the library." };

    public static TransferException Damaged(string name, ContentHash expected, ContentHash actual, RepairAttempt tried) => new(TransferFault.Damaged,
        $"'{name}' arrived whole but its content is wrong: its {Name(expected.Kind)} is {actual.Hex}, announced is {expected.Hex}. {Told(tried)}")
    { Hint = "The damaged bytes were deleted, nothing was placed in the library. " + NextOf(tried) };

    public static TransferException Replaced(string name, ContentHash before, ContentHash now) => new(TransferFault.SourceChanged,
        $"'{name}' was replaced by its creator while it was fetched: announced was {before.Hex}, announced is now {now.Hex}")
    { Hint = "Run the same command again to fetch the new one. What arrived of the two was deleted; nothing was placed in the library." };

    public static TransferException DiskFull(string name, string folder) => new(TransferFault.DiskFull,
        $"No space left in '{folder}' for the rest of '{name}'")
    { Hint = "Free some space or choose another place with --library or --output. " + GoOn };

    public static TransferException NoRoomForJournal(string folder) => new(TransferFault.DiskFull,
        $"No space left in '{folder}' for the journal that makes it possible to go on later")
    { Hint = "Free some space (or files, where their number is limited) or choose another place with --library or --output. " + GoOn };

    public static TransferException NotWritable(string path, Exception cause) => new(TransferFault.NotWritable,
        $"'{path}' cannot be written: {DiskReason.Of(cause)}", cause)
    { Hint = "Check the folder's permissions and that its disk is not read-only, or choose another with --library. Nothing is lost." };

    public static TransferException LinkInPlace(string path, string target) => new(TransferFault.NotWritable,
        $"'{path}' is a link to '{VisibleText.OneLine(target)}' and is not followed")
    { Hint = "Somebody put it there: delete the link, then run the same command again. Nothing was written." };

    public static TransferException JournalTooNew(string path, int version, int known) => new(TransferFault.JournalTooNew,
        $"'{path}' was written by a newer civitai-dl (journal version {version}; this one reads up to {known})")
    { Hint = "Update civitai-dl to go on with this download, or delete that file and its '.part' to start anew. Nothing was changed." };

    private static string Told(RepairAttempt tried)
    {
        var onDisk = tried.OnDisk switch
        {
            null => "",
            0 => "The disk holds what was written. ",
            var bytes => $"What the disk had lost was fetched again ({ByteSize.Format(bytes.Value)}). ",
        };
        return onDisk + tried switch
        {
            { FetchedAgain: null } => "Its host serves no parts, so that the wrong ones cannot be looked for.",
            { FetchedAgain: { } again, CameDifferently: 0 } => $"All of it was fetched a second time ({ByteSize.Format(again)}) and came the same.",
            { FetchedAgain: { } again } => $"{ByteSize.Format(again)} were fetched a second time, {ByteSize.Format(tried.CameDifferently)} of them came differently, and it is still wrong.",
        };
    }

    private static string NextOf(RepairAttempt tried) => tried switch
    {
        { FetchedAgain: null } => "Run the same command again to fetch it anew; if it stays so, the file served differs from its record: report it on the model's page.",
        { CameDifferently: 0 } => "To fetch it once more will bring the same: the file served differs from its record. Report it on the model's page, and try again when it was mended there.",
        _ => "What comes changes on its way: a proxy, the line or this machine's memory is at fault. Run the same command again over another network.",
    };

    private static string Name(HashKind kind) => kind == HashKind.Sha256 ? "SHA-256" : kind.ToString().ToUpperInvariant();

    private static string Because(Exception? cause) => cause is null ? "" : $": {VisibleText.OneLine(cause.Message, 200)}";
}
