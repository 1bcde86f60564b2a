using System.Text;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>The text by which one sees that a virus scanner works (eicar.org). It harms nobody, and every scanner has to stop it.</summary>
internal static class EicarTest
{
    /// <summary>In two pieces, lest scanners stop this program.</summary>
    public static byte[] Mark { get; } = Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"));
}
