using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Search;

internal enum SearchFormat
{
    Table,
    Simple,
    Csv,
    Ids,
    Json,
    JsonLines,
}

/// <summary>How many results, and how they are printed.</summary>
internal sealed record SearchOutput(SearchFormat Format, long? Limit, IReadOnlyList<SearchColumn> Columns, bool HasChosenColumns)
{
    public static readonly SearchOutput ForDemo = new(SearchFormat.Table, null, SearchColumn.Defaults, false);

    private const long DefaultLimit = 20;

    private static readonly string[] Formats = ["table", "simple", "csv", "ids"];
    private static readonly string[] ColumnNames = [.. SearchColumn.All.Select(column => column.Name)];

    public static readonly Option<long?> LimitOption = new("--limit", "-n") { Description = $"How many at most; any number. Default {DefaultLimit}.", HelpName = "N", CustomParser = Parsing.Count };
    public static readonly Option<bool> AllOption = new("--all") { Description = "All there are." };
    public static readonly Option<string?> FormatOption = new("--format") { Description = "table (the default), simple (id, tab, name), csv, or ids (one a line, for `get -`).", HelpName = "FORMAT", CustomParser = Parsing.OneOf("format", Formats), CompletionSources = { Formats } };
    public static readonly Option<bool> JsonLinesOption = new("--jsonl") { Description = "Print each model as JSON on one line." };
    public static readonly Option<string[]> ColumnsOption = new("--columns") { Description = $"Columns of table or csv, in this order: {string.Join(", ", ColumnNames)}.", HelpName = "LIST", CustomParser = FilterWords.AnyOf("column", ColumnNames), CompletionSources = { ColumnNames } };

    public static IEnumerable<Option> Options => [LimitOption, AllOption, FormatOption, JsonLinesOption, ColumnsOption];

    /// <exception cref="UsageException">Two options contradict each other.</exception>
    public static SearchOutput Read(ParseResult parse)
    {
        SearchRequest.Exclude(parse, AllOption, LimitOption);
        SearchRequest.Exclude(parse, JsonLinesOption, FormatOption);
        SearchRequest.Exclude(parse, GlobalOptions.Json, FormatOption);
        SearchRequest.Exclude(parse, GlobalOptions.Json, JsonLinesOption);
        var format = parse.GetValue(GlobalOptions.Json) ? SearchFormat.Json
            : parse.GetValue(JsonLinesOption) ? SearchFormat.JsonLines
            : Enum.TryParse<SearchFormat>(parse.GetValue(FormatOption), ignoreCase: true, out var named) ? named : SearchFormat.Table;
        var chosen = parse.GetValue(ColumnsOption) ?? [];
        if (chosen.Length > 0 && format is not (SearchFormat.Table or SearchFormat.Csv)) throw SearchRequest.Contradiction("--columns is for a table or --format csv: the other forms have no columns");
        var columns = chosen.Select(name => SearchColumn.All.Single(column => column.Name == name)).ToArray();
        return new(format, parse.GetValue(AllOption) ? null : parse.GetValue(LimitOption) ?? DefaultLimit, columns.Length > 0 ? columns : SearchColumn.Defaults, columns.Length > 0);
    }
}
