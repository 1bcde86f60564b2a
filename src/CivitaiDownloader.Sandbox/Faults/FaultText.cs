using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>
/// Faults as text: <c>KIND[@AIM][=AMOUNT][*TIMES][&gt;AFTER][,retry-after=SECONDS | ,retry-at=SECONDS]</c>, such as <c>cut@4219=1000000*3</c>.
/// KIND is a <see cref="FaultKind"/> in lower case with hyphens, AMOUNT its number. AIM is a model's number, <c>v</c> and a version's, <c>f</c> and a file's, the beginning of
/// a path, or one of <c>api</c>, <c>storage</c>, <c>images</c>. It hits TIMES requests, once AFTER bytes of the file were served. With a status,
/// <c>retry-after</c> sends the header as seconds and <c>retry-at</c> as a date so many seconds away.
/// </summary>
public static partial class FaultText
{
    /// <exception cref="FormatException">It is none; the message lists the kinds.</exception>
    public static Fault Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !Enum.TryParse<FaultKind>(match.Groups["kind"].Value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var kind)) throw NotAFault(text);
        return Aimed(match.Groups["aim"].Value, kind) with
        {
            Amount = Number(match.Groups["amount"], 0),
            Times = (int)Number(match.Groups["times"], int.MaxValue),
            After = Number(match.Groups["after"], 0),
            RetryAfter = match.Groups["seconds"] is { Success: true, Value: var seconds } ? seconds : null,
            RetryAt = match.Groups["away"].Success ? TimeSpan.FromSeconds(Number(match.Groups["away"], 0)) : null,
        };
    }

    private static Fault Aimed(string aim, FaultKind kind) => aim switch
    {
        "" => new(kind),
        ['/', ..] => new(kind) { Path = aim },
        ['v' or 'V', ..] => new(kind) { Version = Id(aim[1..]) },
        ['f' or 'F', ..] => new(kind) { File = Id(aim[1..]) },
        _ when char.IsAsciiDigit(aim[0]) => new(kind) { Model = Id(aim) },
        _ => new(kind) { Site = Enum.Parse<SandboxSite>(aim, ignoreCase: true) },
    };

    private static FormatException NotAFault(string text) => new(
        $"'{text}' is not a fault. Write KIND[@AIM][=AMOUNT][*TIMES][>AFTER], such as cut@4219=1000000*3, where AIM is a model, vVERSION, fFILE, /path, api, storage or images; kinds are {string.Join(", ", Enum.GetNames<FaultKind>().Select(Kebab))}.");

    private static int Id(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static long Number(Group group, long otherwise) => group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : otherwise;

    private static string Kebab(string name) => Capital().Replace(name, "-$0").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex(
        @"^(?<kind>[a-zA-Z-]+)(@(?<aim>[vf]?\d{1,9}|api|storage|images|/[^=*>,@\s]*))?(=(?<amount>\d{1,15}))?(\*(?<times>\d{1,9}))?(>(?<after>\d{1,15}))?(,retry-after=(?<seconds>\d{1,9})|,retry-at=(?<away>\d{1,9}))?$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
