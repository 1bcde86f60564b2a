using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CivitaiDownloader.Cli.Memory;

/// <summary>
/// Loads what a download needs anyway, before the download: its pages can be given back one after the other, where the first handshake would
/// touch all of them at once, and that moment is the peak of the whole transfer (docs/decisions/2026-11-memory-of-a-transfer.md).
/// </summary>
internal static class EarlyLoading
{
    /// <param name="isTls">The system's certificates too: some hundred, which the first handshake reads one by one.</param>
    public static void Cryptography(bool isTls)
    {
        _ = SHA256.HashData([]);
        WorkingSet.GiveBackFilePages();
        if (!isTls || !OperatingSystem.IsLinux()) return;
        try
        {
            using var roots = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
            roots.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        catch (CryptographicException)
        {
            // The handshake will say what is wrong with them.
        }

        WorkingSet.GiveBack();
    }
}
