using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// Rows below a row of names, as <c>search --format csv</c> and <c>job report --format csv</c> print them: <c>modelId</c> or <c>id</c> is the model,
/// <c>versionId</c> or <c>version</c> its version, <c>fileId</c> or <c>file</c> its file, and where neither is there <c>url</c> is the model's page.
/// </summary>
internal sealed class CsvTargets(TargetParser parser, ListFindings findings)
{
    private const int MostCharacters = 1 << 20; // of a record: a description may be long

    private int _id = -1, _version = -1, _file = -1, _url = -1;

    /// <summary>Whether a line is the row of names of such a table. None of these words is a target.</summary>
    public static bool IsHeader(string line)
    {
        var cells = Names(line);
        return cells.Any(name => name is "id" or "version" or "url" or "modelid" or "versionid") || (cells.Length > 1 && cells.Contains("name"));
    }

    /// <param name="reader">Behind the row of names.</param>
    /// <param name="number">The line of that row, from 1.</param>
    public async Task ReadAsync(string header, TextReader reader, long number, CancellationToken cancellationToken)
    {
        var names = Names(header);
        (_id, _version, _file, _url) = (Column("modelid", "id"), Column("versionid", "version"), Column("fileid", "file"), Column("url"));
        if (_id < 0 && _version < 0 && _url < 0)
        {
            findings.Break(number, "this table has no column id, version or url to tell its models by");
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
                findings.Break(first, "a quoted cell does not end");
                return;
            }

            if (record.Cells.Any(cell => cell.Length > 0)) Read(record.Cells, first);
            if (findings.IsHopeless) return;
        }

        int Column(params ReadOnlySpan<string> called)
        {
            foreach (var name in called)
            {
                if (Array.IndexOf(names, name) is >= 0 and var column) return column;
            }

            return -1;
        }
    }

    private void Read(IReadOnlyList<string> cells, long number)
    {
        var (id, version, file) = (Cell(_id), Cell(_version), Cell(_file));
        file = file.Length > 0 && file.All(char.IsAsciiDigit) ? "+" + file : ""; // other tables have a name there
        var text = (id, version) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => $"{id}@{version}{file}",
            ({ Length: > 0 }, _) => $"model:{id}", // a bare number may be a version's as well
            (_, { Length: > 0 }) => $"version:{version}{file}",
            _ => Cell(_url),
        };
        if (text.Length == 0) findings.Miss(number, "this row names no model");
        else findings.Parse(parser, text, number);

        string Cell(int column) => column >= 0 && column < cells.Count ? cells[column].Trim() : "";
    }

    private static string[] Names(string line)
    {
        var record = new CsvRecord();
        return record.Add(line) ? [.. record.Cells.Select(cell => cell.Trim().ToLowerInvariant())] : [];
    }
}
