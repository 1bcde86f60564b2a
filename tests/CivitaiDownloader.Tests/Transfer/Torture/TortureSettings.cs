using System.Globalization;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>What all torture has in common. The one place that says how many connections a file gets.</summary>
internal static class TortureSettings
{
    /// <summary>What one connection may at most cost when everything ends without a word.</summary>
    public const long MostTwicePerConnection = 16 << 20;

    /// <summary>What a host may have sent of a part whose end was given to another connection: sockets hold so much.</summary>
    public const long MostUnderWay = 1 << 20;

    /// <summary>Impatient with silence, patient with failures: nothing here fails for ever.</summary>
    public static TransferOptions Options(int connections) => new()
    {
        StallTimeout = TimeSpan.FromSeconds(1), RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaxDelay = TimeSpan.FromMilliseconds(40), MaxFruitlessAttempts = 100, ConnectionsPerFile = connections,
    };

    /// <summary>As <see cref="Options"/>, for the program.</summary>
    public static string[] Arguments(int connections) => ["--transfer-connections-per-file", connections.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Few more often than many: with many, sixteen mebibytes for each are the whole of a small file.</summary>
    public static int Connections(Random random) => random.Next(3) == 0 ? random.Next(4, 17) : random.Next(1, 4);

    /// <summary>The seeds of a test: printed with what fails, and one of them alone with CIVITAI_DL_SEED=N.</summary>
    public static IEnumerable<int> Seeds(int first, int share, int full) => Environment.GetEnvironmentVariable("CIVITAI_DL_SEED") is { Length: > 0 } one
        ? [int.Parse(one, CultureInfo.InvariantCulture)]
        : Enumerable.Range(first, Soak.Count(share, full));
}
