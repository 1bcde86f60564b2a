using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>
/// Has files scanned by clamd, where one is set, and makes findings of what it says. What it did not scan is never silently clean. Safe from any thread.
/// Nothing it says is remembered: what it knows changes several times a day.
/// </summary>
public sealed class ClamdAntivirus
{
    private const int MostSilences = 2; // in a row; one may be a file that is hard to scan

    private static readonly TimeSpan LeftAloneFor = TimeSpan.FromMinutes(1);

    private readonly ScanOptions _options;
    private readonly TimeProvider _time;
    private readonly WaitingLine _line;
    private readonly WaitingLine _trying = new(1);
    private readonly Lock _lock = new(); // guards the two below
    private int _silences;
    private long? _silentSince;
    private volatile bool _isTried;

    public ClamdAntivirus(ScanOptions options, TimeProvider time)
    {
        (_options, _time, _line) = (options, time, new(options.ClamdConnections));
        if (ClamdAddress.TryParse(options.Clamd, out var address, out _)) Client = new(address!, options.ClamdTimeout, time);
    }

    /// <summary>Null where no clamd is set: then nothing is asked and nothing found.</summary>
    public ClamdClient? Client { get; }

    /// <summary>Adds to <paramref name="report"/> what clamd says of the same bytes.</summary>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had: nothing can be said about them.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ScanReport AddTo(ScanReport report, ScanSource source, CancellationToken cancellationToken)
    {
        if (Client is null || source.Length == 0) return report;
        // Scans have threads of their own: nobody else waits on this one.
        return FindAsync(Client, source, cancellationToken).GetAwaiter().GetResult() is { } finding ? report.With(finding) : report;
    }

    private async Task<ClamdAnswer> AskAsync(ClamdClient clamd, ScanSource source, CancellationToken cancellationToken)
    {
        using var place = await _line.EnterAsync(cancellationToken);
        if (IsLeftAlone()) throw ClamdErrors.LeftAlone(clamd.Address);
        try
        {
            await TryAsync(clamd, cancellationToken);
            var answer = await clamd.ScanAsync(source, cancellationToken);
            Spoke();
            return answer;
        }
        catch (ClamdException silent) when (silent.Fault == ClamdFault.Silent)
        {
            KeptSilent();
            throw;
        }
    }

    private async Task<Finding?> FindAsync(ClamdClient clamd, ScanSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(clamd, source, cancellationToken) switch
            {
                ClamdAnswer.Found found => new(AntivirusRules.Found, $"clamd finds {ClamdErrors.Quoted(found.Signature)}"),
                ClamdAnswer.NotScanned not => NotScanned(not.Reason),
                ClamdAnswer.Nothing when source.Length > _options.ClamdMaxBytes => NotScanned($"the file has {source.Length} bytes: above {_options.ClamdMaxBytes} (Scan:ClamdMaxBytes) clamd says OK without having looked"),
                _ => null,
            };
        }
        catch (ClamdException failed)
        {
            return NotScanned(failed.Message);
        }
    }

    private Finding NotScanned(string reason) => new(_options.ClamdPolicy == ClamdPolicy.Require ? AntivirusRules.NotScanned : AntivirusRules.NotScannedNote, reason);

    // Once in the life of this one, before its first answer is believed.
    private async Task TryAsync(ClamdClient clamd, CancellationToken cancellationToken)
    {
        if (_isTried) return;
        using var turn = await _trying.EnterAsync(cancellationToken);
        if (_isTried) return;
        await ClamdTrial.FindsAsync(clamd, cancellationToken);
        _isTried = true;
    }

    // A folder of a thousand files must not wait a thousand times for one that hangs.
    private bool IsLeftAlone()
    {
        lock (_lock)
        {
            if (_silentSince is { } since && _time.GetElapsedTime(since) >= LeftAloneFor) (_silentSince, _silences) = (null, 0);
            return _silentSince is not null;
        }
    }

    private void Spoke()
    {
        lock (_lock) _silences = 0;
    }

    private void KeptSilent()
    {
        lock (_lock)
        {
            if (++_silences >= MostSilences) _silentSince = _time.GetTimestamp();
        }
    }
}
