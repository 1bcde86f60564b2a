using System.CommandLine;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>Settings of Transfer that people change from run to run, by names that are typed.</summary>
internal static class TransferFlags
{
    /// <summary>Transfer:Bandwidth. The second name is rclone's, whose form it has.</summary>
    public static readonly Option<string?> Bandwidth = new("--bandwidth", "--bwlimit")
    {
        Description = "Fetch at most so many bytes a second, all files together: 10M, 512K, off, or by the clock '08:00 1M 18:00 off' (default: the setting Transfer:Bandwidth).", HelpName = "SPEC",
    };

    /// <summary>Transfer:FilesAtOnce.</summary>
    public static readonly Option<string?> Parallel = new("--parallel")
    {
        Description = "Files fetched at a time, 1 to 64 (default: the setting Transfer:FilesAtOnce, which is 4); more of small ones, unless it is 1.", HelpName = "N",
    };
}
