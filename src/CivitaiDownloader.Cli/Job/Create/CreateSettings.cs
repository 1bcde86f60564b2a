using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>How a job runs, as options.</summary>
internal static class CreateSettings
{
    private const int MostAtOnce = 64;
    private const int DefaultAtOnce = 4;
    private const int LongestName = 200;

    private static readonly string[] Strategies = ["sequential", "parallel", "adaptive"];
    private static readonly string[] Priorities = ["low", "normal", "high"];

    private static readonly Option<string?> Name = new("--name") { Description = "What to call the job. Default: what it is made of.", HelpName = "NAME" };
    private static readonly Option<string?> Strategy = new("--strategy") { Description = "sequential (one file at a time), parallel (as many as --parallel says), or adaptive (as many as the line and the machine reward; the default).", HelpName = "KIND", CustomParser = Parsing.OneOf("strategy", Strategies), CompletionSources = { Strategies } };
    private static readonly Option<int?> AtOnce = new("--parallel") { Description = $"Files at a time, 1 to {MostAtOnce} (default {DefaultAtOnce}); it means --strategy parallel.", HelpName = "N", CustomParser = CreateRules.Positive("--parallel", MostAtOnce) };
    private static readonly Option<string?> Priority = new("--priority") { Description = "low, normal (the default) or high: which of several jobs comes first.", HelpName = "PRIORITY", CustomParser = Parsing.OneOf("priority", Priorities), CompletionSources = { Priorities } };
    private static readonly Option<long?> LimitRate = new("--limit-rate") { Description = "Fetch at most so many bytes a second for this job: 10M, 512K, 2MiB/s.", HelpName = "RATE", CustomParser = Rate };
    private static readonly Option<DailyHours?> Hours = new("--hours") { Description = "Run only in these hours of the day, by this machine's clock: 01:00-07:00; 22:00-06:00 goes over midnight.", HelpName = "FROM-TO", CustomParser = ReadHours };
    private static readonly Option<int?> MaxFailures = new("--max-failures") { Description = "Give the job up as soon as so many files have failed. Default never.", HelpName = "N", CustomParser = CreateRules.Positive("--max-failures", int.MaxValue) };

    public static IEnumerable<Option> Options => [Name, Strategy, AtOnce, Priority, LimitRate, Hours, MaxFailures];

    /// <exception cref="UsageException">Two settings contradict each other.</exception>
    public static JobSettings Read(ParseResult parse, Invocation invocation)
    {
        var strategy = Enum.TryParse<StrategyKind>(parse.GetValue(Strategy), ignoreCase: true, out var named) ? named : (StrategyKind?)null;
        var atOnce = parse.GetValue(AtOnce);
        if (atOnce is not null && strategy is not (null or StrategyKind.Parallel)) throw SearchRequest.Contradiction($"--parallel is for --strategy parallel, not for {parse.GetValue(Strategy)}", "job create");
        if (atOnce is not null) strategy = StrategyKind.Parallel;
        return new()
        {
            Strategy = strategy ?? StrategyKind.Adaptive,
            Parallel = strategy == StrategyKind.Parallel ? atOnce ?? DefaultAtOnce : null,
            BytesPerSecond = parse.GetValue(LimitRate),
            Hours = parse.GetValue(Hours),
            // Only when it was said for this job: else it goes with the library of whoever runs it.
            Library = parse.GetValue(GlobalOptions.Library) is { Length: > 0 } ? invocation.Services.Store.Root : null,
            MaxFailures = parse.GetValue(MaxFailures),
        };
    }

    public static Priority PriorityOf(ParseResult parse) => Enum.TryParse<Priority>(parse.GetValue(Priority), ignoreCase: true, out var named) ? named : Jobs.Store.Priority.Normal;

    /// <returns>Null when there is none.</returns>
    /// <exception cref="UsageException">It is empty.</exception>
    public static string? NameOf(ParseResult parse)
    {
        if (parse.GetValue(Name) is not { } typed) return null;
        var name = VisibleText.OneLine(typed, LongestName).Trim();
        if (name.Equals(JobFinder.Last, StringComparison.OrdinalIgnoreCase) || long.TryParse(name.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new UsageException("usage", $"--name '{name}' cannot be told from a job's number or `{JobFinder.Last}`") { Hint = "Give a name with a word in it. Nothing was done." };
        return name.Length > 0 ? name : throw new UsageException("usage", "--name is empty") { Hint = "Give a name, or leave --name out: then the job is called after what it is made of. Nothing was done." };
    }

    private static long? Rate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var figure = text.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text;
        if (ByteSize.TryParse(figure, out var bytes) && bytes > 0) return bytes;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is no rate: give bytes a second such as 512K, 10M or 2MiB/s, or leave --limit-rate out for none.");
        return null;
    }

    private static DailyHours? ReadHours(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] && Time(from) is { } start && (to == "24:00" ? TimeOnly.MinValue : Time(to)) is { } end)
        {
            if (start != end) return new(start, end);
            result.AddError($"'{VisibleText.OneLine(text, 40)}' is no time at all: it ends when it begins. Leave --hours out to let the job run always.");
            return null;
        }

        result.AddError($"'{VisibleText.OneLine(text, 40)}' are no hours: give a beginning and an end from 00:00 to 24:00, such as 01:00-07:00 or 22:00-06:00.");
        return null;
    }

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
