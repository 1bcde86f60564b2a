using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>Faults as text: <c>KIND[@MODEL|@api|@storage|@images][=AMOUNT][*TIMES][&gt;AFTER]</c>, such as <c>cut@4219=1000000*3</c>.</summary>
public static partial class FaultText
{
    /// <exception cref="FormatException">It is none; the message lists the kinds.</exception>
    public static Fault Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !Enum.TryParse<FaultKind>(match.Groups["kind"].Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind))
        {
            throw new FormatException(
                $"'{text}' is not a fault. Write KIND[@MODEL or @api, @storage, @images][=AMOUNT][*TIMES][>AFTER], such as cut@4219=1000000*3; kinds are {string.Join(", ", Enum.GetNames<FaultKind>().Select(Kebab))}.");
        }

        var at = match.Groups["at"].Value;
        return new Fault(kind)
        {
            Model = int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var model) ? model : null,
            Site = Enum.TryParse<SandboxSite>(at, ignoreCase: true, out var site) && !char.IsAsciiDigit(at[0]) ? site : null,
            Amount = Number(match.Groups["amount"], 0),
            Times = (int)Math.Min(int.MaxValue, Number(match.Groups["times"], int.MaxValue)),
            After = Number(match.Groups["after"], 0),
        };
    }

    private static long Number(Group group, long otherwise) => group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : otherwise;

    private static string Kebab(string name) => Capital().Replace(name, "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex(@"^(?<kind>[a-zA-Z-]+)(@(?<at>\d{1,9}|api|storage|images))?(=(?<amount>\d{1,15}))?(\*(?<times>\d{1,9}))?(>(?<after>\d{1,15}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
