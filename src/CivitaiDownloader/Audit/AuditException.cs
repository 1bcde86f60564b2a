using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Audit;

public enum AuditFault
{
    HeadNotReadable,
    HeadNotWritable,

    /// <summary>A newer version of the program wrote the head.</summary>
    HeadNewer,

    /// <summary>The table of the log was taken out of the database.</summary>
    LogMissing,
}

public sealed class AuditException(AuditFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public AuditFault Fault { get; } = fault;

    public override string Code => "audit-" + FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => false;
}

internal static class AuditErrors
{
    public static AuditException HeadNotReadable(string path, Exception cause) => new(AuditFault.HeadNotReadable,
        $"The head of the audit log, '{VisibleText.OneLine(path)}', cannot be read: {DiskReason.Of(cause)}", cause)
    { Hint = "Give its owner the right to read it, then run the same command again. Nothing was changed; what is in the log stays there." };

    public static AuditException HeadNotWritable(string path, Exception cause) => new(AuditFault.HeadNotWritable,
        $"The head of the audit log, '{VisibleText.OneLine(path)}', cannot be written: {DiskReason.Of(cause)}", cause)
    { Hint = "Check the folder's permissions and its space, then run the same command again. What is in the log stays there." };

    public static AuditException HeadNewer(string path, long version, int known) => new(AuditFault.HeadNewer,
        $"The head of the audit log, '{VisibleText.OneLine(path)}', is of version {version}; this civitai-dl knows up to {known}")
    { Hint = "Update civitai-dl, or use another folder with --home. Nothing was changed." };

    public static AuditException LogMissing(string path, Exception? cause = null) => new(AuditFault.LogMissing,
        $"The database '{VisibleText.OneLine(path)}' has no audit log any more: somebody took its table out", cause)
    { Hint = "Bring the database back from a backup, or move it away together with audit.head beside it: a new one is made, and the log begins anew. The files in the library are not affected." };
}
