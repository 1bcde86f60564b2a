namespace CivitaiDownloader.Primitives;

/// <summary>Rows as RFC 4180 has them. A cell that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
public static class Csv
{
    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => Quote(Disarm(cell)))) + "\r\n";

    private static string Disarm(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + cell : cell;

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 && cell.Trim().Length == cell.Length ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
