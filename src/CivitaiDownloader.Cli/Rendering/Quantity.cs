using System.Globalization;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Numbers for people, alike on every machine: <c>12,345</c>.</summary>
internal static class Quantity
{
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 file</c>, <c>2,000 files</c>.</summary>
    public static string Of(long number, string what) => number == 1 ? $"1 {what}" : $"{Number(number)} {what}s";
}
