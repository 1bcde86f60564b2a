using System.CommandLine;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary><c>--bandwidth SPEC</c>: the setting Transfer:Bandwidth for one run, by a name that is typed. The second name is rclone's, whose form it has.</summary>
internal static class BandwidthOption
{
    public static readonly Option<string?> Instance = new("--bandwidth", "--bwlimit")
    {
        Description = "Fetch at most so many bytes a second, all files together: 10M, 512K, off, or by the clock '08:00 1M 18:00 off' (default: the setting Transfer:Bandwidth).", HelpName = "SPEC",
    };
}
