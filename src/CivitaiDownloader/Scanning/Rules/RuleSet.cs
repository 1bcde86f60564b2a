namespace CivitaiDownloader.Scanning.Rules;

/// <summary>The rules a scan follows, and the version that stands for them in reports and in the memory of results.</summary>
public sealed class RuleSet
{
    /// <summary>Raised with every change of what any file's verdict can be.</summary>
    private const int Edition = 1;

    private readonly Dictionary<string, Rule> _rules;
    private readonly HashSet<string> _off;

    private RuleSet(IEnumerable<Rule> rules, IEnumerable<string> off)
    {
        _rules = rules.ToDictionary(rule => rule.Id);
        _off = [.. off];
        Version = _off.Count == 0 ? $"{Edition}" : $"{Edition}-without-{string.Join('+', _off.Order(StringComparer.Ordinal))}";
    }

    /// <summary>Every rule the scanners know.</summary>
    public static RuleSet All { get; } = new(KnownRules.All, []);

    public string Version { get; }

    /// <summary>In the order of their formats.</summary>
    public IReadOnlyCollection<Rule> Rules => _rules.Values;

    /// <returns>Null when no rule is called so.</returns>
    public Rule? Find(string id) => _rules.GetValueOrDefault(id);

    /// <summary>The same rules, one of them finding nothing. For tests which show that each rule is needed.</summary>
    internal RuleSet Without(Rule rule) => new(_rules.Values, [.. _off, rule.Id]);

    internal bool IsOn(Rule rule) => !_off.Contains(rule.Id);
}
