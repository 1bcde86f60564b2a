using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>What is wrong with the file of stored keys.</summary>
public enum KeyStoreFault
{
    /// <summary>A newer version of the program wrote the file.</summary>
    NewerVersion,
    Damaged,
    Unreadable,
    NotWritable,
}

/// <summary>The file of stored keys cannot be used. No message shows a key.</summary>
public sealed class KeyStoreException(KeyStoreFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public KeyStoreFault Fault { get; } = fault;

    public override string Code => "key-file-" + FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => false;
}

/// <summary>Every message about the stored keys on one screen. None shows a key.</summary>
internal static class KeyStoreErrors
{
    public static KeyStoreException NewerVersion(string path, int version) => new(KeyStoreFault.NewerVersion,
        $"The stored key in '{VisibleText.OneLine(path)}' was written by a newer civitai-dl (version {version} of the file)")
    { Hint = "Update civitai-dl, use another folder with --home, or set CIVITAI_API_KEY for this run. Nothing was changed." };

    public static KeyStoreException Damaged(string path) => new(KeyStoreFault.Damaged,
        $"The stored key in '{VisibleText.OneLine(path)}' cannot be read: the file is damaged")
    { Hint = "`civitai-dl logout` removes the file; then store the key again with `civitai-dl login`. Nothing was sent." };

    public static KeyStoreException Unreadable(string path, Exception cause) => new(KeyStoreFault.Unreadable,
        $"The stored key in '{VisibleText.OneLine(path)}' cannot be read: {VisibleText.OneLine(cause.Message)}", cause)
    { Hint = "It belongs to whoever ran `civitai-dl login`: run this as the same user, or use another folder with --home. Nothing was sent." };

    public static KeyStoreException NotWritable(string path, Exception cause) => new(KeyStoreFault.NotWritable,
        $"'{VisibleText.OneLine(path)}' cannot be written: {VisibleText.OneLine(cause.Message)}", cause)
    { Hint = "Check the folder's permissions, or choose another with --home. What was stored before is as it was." };
}
