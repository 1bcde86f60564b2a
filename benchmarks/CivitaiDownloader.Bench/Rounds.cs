namespace CivitaiDownloader.Bench;

/// <summary>What each took in every round of a scenario, ours under <see cref="Ours"/>.</summary>
internal sealed class Rounds
{
    public const string Ours = "civitai-dl";
    private readonly Dictionary<string, List<Took>> _took = [];

    public void Add(string who, Took took)
    {
        if (!_took.TryGetValue(who, out var all)) _took[who] = all = [];
        all.Add(took);
    }

    public Figure Of(string who, Func<Took, double> what) => new([.. _took[who].Select(what)]);

    /// <summary>Ours beside everyone who ran, held against one of them.</summary>
    public Scenario Compare(string name, string unit, Func<Took, double> what, string against, double? bar) => new(name, unit, Of(Ours, what),
        _took.Keys.Where(who => who != Ours).ToDictionary(who => who, who => Of(who, what)), bar, against);

    /// <summary>Ours beside one other only.</summary>
    public Scenario Beside(string name, string unit, Func<Took, double> what, string other, double? bar) =>
        new(name, unit, Of(Ours, what), new Dictionary<string, Figure> { [other] = Of(other, what) }, bar, other);
}
