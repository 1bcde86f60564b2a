namespace CivitaiDownloader.Bench;

/// <summary>Several runs of one thing: median and how far they lie apart. A run that failed took for ever.</summary>
internal sealed record Figure(IReadOnlyList<double> Runs)
{
    public double Median => Runs.Order().ElementAt(Runs.Count / 2);

    public double Least => Runs.Min();

    public double Most => Runs.Max();
}

/// <summary>One figure of ours beside that of each peer.</summary>
/// <param name="Bar">What the ratio to the peer, or our figure itself where there is none, is held against; null for a figure that is only reported.</param>
/// <param name="Against">The peer whose figure the bar divides by; null to hold our own figure against it.</param>
internal sealed record Scenario(string Name, string Unit, Figure Ours, IReadOnlyDictionary<string, Figure> Peers, double? Bar, string? Against)
{
    /// <summary>Which side of the bar is the right one.</summary>
    public BarSide Side { get; init; } = BarSide.AtMost;

    /// <summary>Why nothing could be measured here; null where it was.</summary>
    public string? Skipped { get; init; }

    public static Scenario NotHere(string name, string unit, string reason) => new(name, unit, new([]), new Dictionary<string, Figure>(), null, null) { Skipped = reason };

    public double? Ratio => Against is null ? null : Ours.Median / Peers[Against].Median;

    public bool? Met => Bar is null ? null : Side == BarSide.AtMost ? (Ratio ?? Ours.Median) <= Bar : (Ratio ?? Ours.Median) >= Bar;
}

internal enum BarSide
{
    AtMost,
    AtLeast,
}
