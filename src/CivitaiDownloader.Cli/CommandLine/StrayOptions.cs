using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>
/// What was meant as an option, is misspelt, and would pass as a word of the search, or as a target. Behind <c>--</c> every word is a word.
/// </summary>
internal static class StrayOptions
{
    /// <returns>A sentence for each.</returns>
    public static IEnumerable<string> Of(ParseResult parse)
    {
        var literal = parse.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        return parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).SkipLast(literal)
            .Select(token => token.Value)
            .Where(word => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]))
            .Select(word => $"'{VisibleText.OneLine(word.Split('=', ':')[0], 60)}' is not an option of this command.");
    }
}
