using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Errors;

/// <summary>The command line or a setting has a mistake.</summary>
internal sealed class UsageException(string code, string message) : CivitaiDownloaderException(message)
{
    public override string Code { get; } = code;

    public override bool IsTransient => false;

    /// <summary>2, unless it is the disk that is in the way.</summary>
    public int ExitCode { get; init; } = ExitCodes.Usage;
}
