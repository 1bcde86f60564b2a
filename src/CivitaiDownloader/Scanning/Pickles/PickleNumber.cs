using System.Globalization;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Numbers written as text. The interpreter takes more than the disassembler does (<c>I0x10</c>), so this takes all that either would.</summary>
internal static class PickleNumber
{
    private const int LongestKept = 40;

    /// <summary>INT and LONG: base 0 of the C library, then of the language: a sign, a prefix for base 2, 8 or 16, a leading zero for octal, underscores, a final L.</summary>
    /// <returns>False when neither interpreter would take it. Numbers beyond 64 bits are <see cref="PickleValue.Plain"/>.</returns>
    public static bool TryParseInteger(ReadOnlySpan<byte> line, out PickleValue value)
    {
        value = PickleValue.Plain;
        var digits = line.Trim(" \t\r\v\f\0"u8);
        if (digits.EndsWith("L"u8)) digits = digits[..^1];
        var isNegative = digits.StartsWith("-"u8);
        if (isNegative || digits.StartsWith("+"u8)) digits = digits[1..];
        if (digits.IsEmpty || digits[0] == '_') return false;
        var numberBase = Prefix(ref digits);
        if (digits.IsEmpty) return false;
        var (number, isLarge) = (0L, digits.Length > LongestKept);
        foreach (var letter in digits)
        {
            if (letter == '_') continue;
            var digit = letter switch { >= (byte)'0' and <= (byte)'9' => letter - '0', >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10, >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10, _ => 99 };
            if (digit >= numberBase && !(numberBase == 8 && digit < 10)) return false; // a decimal number with a leading zero is refused by some and taken by others
            isLarge |= number > (long.MaxValue - digit) / numberBase;
            if (!isLarge) number = (number * numberBase) + digit;
        }

        if (!isLarge) value = PickleValue.Of(isNegative ? -number : number);
        return true;
    }

    public static bool IsFloat(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r\v\f"u8);
        return double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || IsNamedFloat(line);
    }

    private static bool IsNamedFloat(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[0] is (byte)'+' or (byte)'-') line = line[1..];
        return line.Length is 3 or 8 && System.Text.Encoding.Latin1.GetString(line).ToLowerInvariant() is "nan" or "inf" or "infinity";
    }

    private static int Prefix(ref ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 2 || digits[0] != '0') return 10;
        var numberBase = (digits[1] | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
        if (numberBase == 0) return digits.TrimStart((byte)'0').IsEmpty ? 10 : 8;
        digits = digits[2..];
        return numberBase;
    }
}
