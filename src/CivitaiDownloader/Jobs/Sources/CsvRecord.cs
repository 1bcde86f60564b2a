using System.Text;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>One record as RFC 4180 has it, read a line at a time: cells between commas, quoted ones with commas, doubled quotes and line ends in them.</summary>
internal sealed class CsvRecord
{
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private bool _isInQuotes, _wasQuoted;

    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Characters that were read so far.</summary>
    public int Length { get; private set; }

    /// <returns>False when a quote is open: the next line belongs to this record too.</returns>
    public bool Add(string line)
    {
        Length += line.Length;
        if (_isInQuotes) _cell.Append('\n');
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (_isInQuotes && letter != '"') _cell.Append(letter);
            else if (_isInQuotes && at + 1 < line.Length && line[at + 1] == '"') _cell.Append(line[++at]);
            else if (_isInQuotes) _isInQuotes = false;
            else if (letter == '"' && _cell.Length == 0 && !_wasQuoted) _isInQuotes = _wasQuoted = true;
            else if (letter == ',') EndCell();
            else _cell.Append(letter);
        }

        if (_isInQuotes) return false;
        EndCell();
        return true;
    }

    private void EndCell()
    {
        _cells.Add(_cell.ToString());
        _cell.Clear();
        _wasQuoted = false;
    }
}
