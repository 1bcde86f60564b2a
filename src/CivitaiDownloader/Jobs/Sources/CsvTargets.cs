using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// Rows below a row of names, as <c>search --format csv</c> prints them: <c>id</c> is the model, <c>version</c> its version, and where neither is there
/// <c>url</c> is the model's page.
/// </summary>
internal sealed class CsvTargets(TargetParser parser, List<ListedTarget> found, List<ListMistake> mistakes)
{
    private const int MostCharacters = 1 << 20; // of a record: a description may be long

    private int _id = -1, _version = -1, _url = -1;

    /// <summary>Whether a line is the row of names of such a table. None of these words is a target.</summary>
    public static bool IsHeader(string line)
    {
        var cells = Names(line);
        return cells.Any(name => name is "id" or "version" or "url") || (cells.Length > 1 && cells.Contains("name"));
    }

    /// <param name="reader">Behind the row of names.</param>
    /// <param name="number">The line of that row, from 1.</param>
    public async Task ReadAsync(string header, TextReader reader, long number, CancellationToken cancellationToken)
    {
        var names = Names(header);
        (_id, _version, _url) = (Array.IndexOf(names, "id"), Array.IndexOf(names, "version"), Array.IndexOf(names, "url"));
        if (_id < 0 && _version < 0 && _url < 0)
        {
            mistakes.Add(new(number, "this table has no column id, version or url to tell its models by"));
            return;
        }

        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var first = ++number;
            var record = new CsvRecord();
            var isWhole = record.Add(line);
            while (!isWhole && record.Length < MostCharacters && await reader.ReadLineAsync(cancellationToken) is { } next)
            {
                number++;
                isWhole = record.Add(next);
            }

            if (!isWhole || record.Length > MostCharacters)
            {
                mistakes.Add(new(first, "a quoted cell does not end"));
                return;
            }

            if (record.Cells.Any(cell => cell.Length > 0)) Read(record.Cells, first);
        }
    }

    private void Read(IReadOnlyList<string> cells, long number)
    {
        var (id, version) = (Cell(_id), Cell(_version));
        var text = (id, version) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => $"{id}@{version}",
            ({ Length: > 0 }, _) => $"model:{id}", // a bare number may be a version's as well
            (_, { Length: > 0 }) => $"version:{version}",
            _ => Cell(_url),
        };
        if (text.Length == 0)
        {
            mistakes.Add(new(number, "this row names no model"));
            return;
        }

        try
        {
            found.Add(new(parser.Parse(text), TargetText.WithoutSecrets(text), number));
        }
        catch (FormatException mistake)
        {
            mistakes.Add(new(number, mistake.Message));
        }

        string Cell(int column) => column >= 0 && column < cells.Count ? cells[column].Trim() : "";
    }

    private static string[] Names(string line)
    {
        var record = new CsvRecord();
        return record.Add(line) ? [.. record.Cells.Select(cell => cell.Trim().ToLowerInvariant())] : [];
    }
}
