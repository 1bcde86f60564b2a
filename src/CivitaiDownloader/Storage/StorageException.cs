using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Storage;

public enum StorageFault
{
    /// <summary>A newer version of the program made the database.</summary>
    NewerVersion,

    /// <summary>The file is no database, or a damaged one.</summary>
    Damaged,

    NotWritable,
    NoSpace,

    /// <summary>Another process holds the database for longer than we wait.</summary>
    Locked,
}

public sealed class StorageException(StorageFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public StorageFault Fault { get; } = fault;

    public override string Code => "database-" + FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is StorageFault.Locked;
}

internal static class StorageErrors
{
    public static StorageException NewerVersion(string path, string feature, long found, int known) => new(StorageFault.NewerVersion,
        known == 0
            ? $"The database '{path}' holds '{feature}' (version {found}), which this civitai-dl does not know"
            : $"The database '{path}' was made by a newer civitai-dl: '{feature}' is at version {found}, this one knows up to {known}")
    { Hint = "Update civitai-dl, or use another folder with --home. Nothing was changed." };

    public static StorageException Damaged(string path, Exception cause) => new(StorageFault.Damaged,
        $"'{path}' is not a database that can be read: {cause.Message}", cause)
    { Hint = "Move that file away and run the command again: a new one is made. The files in the library are not affected." };

    public static StorageException NotWritable(string path, Exception cause) => new(StorageFault.NotWritable,
        $"The database '{path}' cannot be written: {cause.Message}", cause)
    { Hint = "Check the folder's permissions, or choose another with --home (CIVITAI_DL_HOME). Nothing is lost." };

    public static StorageException NoSpace(string path, Exception cause) => new(StorageFault.NoSpace,
        $"No space left for the database '{path}'", cause)
    { Hint = "Free some space and run the command again. Nothing is lost." };

    public static StorageException Locked(string path, Exception cause) => new(StorageFault.Locked,
        $"Another process keeps the database '{path}' locked", cause)
    { Hint = "Wait for it to end and run the command again. Nothing is lost." };
}
