using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>
/// What was meant as an option and would pass as a word of the search, or as a target: one that is misspelt, and the value of a switch that is none.
/// Behind <c>--</c> every word is a word.
/// </summary>
internal static class StrayOptions
{
    /// <returns>A sentence for each.</returns>
    public static IEnumerable<string> Of(ParseResult parse, string[] args) => Misspelt(parse).Concat(Switches(parse, args));

    private static IEnumerable<string> Misspelt(ParseResult parse)
    {
        var literal = parse.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        return parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).SkipLast(literal)
            .Select(token => token.Value)
            .Where(word => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]))
            .Select(word => $"'{VisibleText.OneLine(word.Split('=', ':')[0], 60)}' is not an option of this command.");
    }

    // Of --nsfw=maybe the parser makes the switch --nsfw and the word maybe.
    private static IEnumerable<string> Switches(ParseResult parse, string[] args) =>
        from arg in args.TakeWhile(arg => arg != "--")
        let end = arg.IndexOfAny(['=', ':'])
        where end > 0 && arg[0] == '-' && !bool.TryParse(arg[(end + 1)..], out _)
        from option in parse.CommandResult.Command.Options.Concat(GlobalOptions.All).Where(option => option.ValueType == typeof(bool) && option.Aliases.Append(option.Name).Contains(arg[..end])).Take(1)
        select $"'{option.Name}' is a switch: it takes true, false or nothing, not '{VisibleText.OneLine(arg[(end + 1)..], 40)}'.";
}
