using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CivitaiDownloader.Primitives;

/// <summary>Sizes as people read and write them. Units are binary (1 KiB = 1024 bytes, IEC 80000-13); <c>K</c>, <c>M</c>, <c>G</c>, <c>T</c> mean the same.</summary>
public static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Three significant digits: <c>0 B</c>, <c>1.50 KiB</c>, <c>223 MiB</c>.</summary>
    public static string Format(long bytes)
    {
        if (bytes < 0) return "-" + Format(bytes == long.MinValue ? long.MaxValue : -bytes);
        double value = bytes;
        var unit = 0;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var digits = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return value.ToString(digits, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>Reads <c>512</c>, <c>64K</c>, <c>1.5 GiB</c>, <c>2MB</c>. A bare number is bytes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? trimmed : trimmed[..digits];
        var unit = digits < 0 ? default : trimmed[digits..].Trim();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return false;

        var power = Power(unit);
        if (power < 0) return false;
        try
        {
            bytes = decimal.ToInt64(decimal.Round(value * (1L << (10 * power))));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static int Power(ReadOnlySpan<char> unit)
    {
        if (unit.IsEmpty || unit.Equals("B", StringComparison.OrdinalIgnoreCase)) return 0;
        var power = "KMGTP".IndexOf(char.ToUpperInvariant(unit[0])) + 1;
        if (power == 0) return -1;
        var rest = unit[1..];
        return rest.IsEmpty || rest.Equals("B", StringComparison.OrdinalIgnoreCase) || rest.Equals("iB", StringComparison.OrdinalIgnoreCase) ? power : -1;
    }
}
