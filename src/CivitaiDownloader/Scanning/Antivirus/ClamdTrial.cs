using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Programs;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>Sees that clamd is there and finds anything: every database of ClamAV has the EICAR text, and without one clamd calls everything OK.</summary>
public static class ClamdTrial
{
    /// <returns>What it says it is: hostile text.</returns>
    /// <exception cref="ClamdException">It gives no answer, is not clamd, or finds nothing.</exception>
    public static async Task<ClamdVersion> RunAsync(ClamdClient clamd, CancellationToken cancellationToken)
    {
        var pong = await clamd.AskAsync("PING", cancellationToken);
        if (pong != "PONG") throw ClamdErrors.Nonsense(clamd.Address, pong);
        var version = await clamd.AskAsync("VERSION", cancellationToken);
        await FindsAsync(clamd, cancellationToken);
        return ClamdVersion.Read(version) ?? throw ClamdErrors.Nonsense(clamd.Address, version);
    }

    /// <exception cref="ClamdException">It gives no answer, or finds nothing.</exception>
    internal static async Task FindsAsync(ClamdClient clamd, CancellationToken cancellationToken)
    {
        using var text = new MemorySource(EicarTest.Mark);
        if (await clamd.ScanAsync(text, cancellationToken) is not ClamdAnswer.Found) throw ClamdErrors.NoDatabase(clamd.Address);
    }
}
