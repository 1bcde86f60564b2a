namespace CivitaiDownloader.Transfer;

/// <summary>
/// How many connections transfers may have. Read again whenever a connection looks for work, so the numbers may change while transfers run;
/// who waits because of a number that was raised meanwhile has to be told.
/// Connections to one host are limited by <c>Http:MaxConnectionsPerHost</c>, which counts requests of every kind.
/// </summary>
public interface ITransferLimits
{
    /// <summary>Of one file; at least 1.</summary>
    int ConnectionsPerFile { get; }

    /// <summary>Of all files together; at least 1.</summary>
    int Connections { get; }

    /// <summary>Says whom to tell whenever <see cref="Connections"/> was raised. Numbers that never change need not.</summary>
    void WhenRaised(Action told)
    {
    }
}

/// <summary>The numbers of the settings.</summary>
internal sealed class FixedLimits(TransferOptions options) : ITransferLimits
{
    public int ConnectionsPerFile => options.ConnectionsPerFile;

    public int Connections => options.Connections;
}
