namespace CivitaiDownloader.Bench;

/// <summary>Several runs of one thing: median and how far they lie apart.</summary>
internal sealed record Figure(IReadOnlyList<double> Runs)
{
    public double Median => Runs.Order().ElementAt(Runs.Count / 2);

    public double Least => Runs.Min();

    public double Most => Runs.Max();
}

/// <summary>One figure of ours beside that of each peer.</summary>
/// <param name="Bar">The most the ratio to the peer, or our figure itself where there is none, may be; null for a figure that is only reported.</param>
/// <param name="Against">The peer whose figure the bar divides by; null to hold our own figure against it.</param>
internal sealed record Scenario(string Name, string Unit, Figure Ours, IReadOnlyDictionary<string, Figure> Peers, double? Bar, string? Against)
{
    public double? Ratio => Against is null ? null : Ours.Median / Peers[Against].Median;

    public bool? Met => Bar is null ? null : (Ratio ?? Ours.Median) <= Bar;
}
