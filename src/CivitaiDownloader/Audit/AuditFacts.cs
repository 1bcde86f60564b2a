using System.Collections;

namespace CivitaiDownloader.Audit;

/// <summary>What an entry of the audit log says beyond its subject: names with a text, a whole number or a list of texts. Not changed any more once it is handed on.</summary>
public sealed class AuditFacts : IEnumerable<string>
{
    private readonly SortedDictionary<string, string> _facts = new(StringComparer.Ordinal); // values as canonical JSON

    /// <param name="text">May be hostile; null for a fact that is not known, which is left out.</param>
    public void Add(string name, string? text)
    {
        if (text is not null) _facts.Add(name, CanonicalJson.Of(text));
    }

    /// <exception cref="ArgumentOutOfRangeException">Beyond 2^53.</exception>
    public void Add(string name, long number) => _facts.Add(name, CanonicalJson.Of(number));

    public void Add(string name, IEnumerable<string> texts) => _facts.Add(name, $"[{string.Join(',', texts.Select(CanonicalJson.Of))}]");

    /// <summary>As an object of canonical JSON.</summary>
    public override string ToString() => $"{{{string.Join(',', _facts.Select(fact => $"{CanonicalJson.Of(fact.Key)}:{fact.Value}"))}}}";

    /// <summary>The names.</summary>
    public IEnumerator<string> GetEnumerator() => _facts.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
