using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>What standard output goes to takes no more: a full disk, a device that refuses.</summary>
internal sealed class OutputRefusedException : CivitaiDownloaderException
{
    public OutputRefusedException(Exception cause) : base($"Standard output cannot be written: {DiskReason.Of(cause)}", cause)
    {
        IsDiskFull = DiskFull.Caused(cause);
        Hint = "Free some space, or send the output elsewhere, then run the same command again. What the command had done until then is kept.";
    }

    public bool IsDiskFull { get; }

    public override string Code => IsDiskFull ? "output-full" : "output-refused";

    public override bool IsTransient => false;
}
