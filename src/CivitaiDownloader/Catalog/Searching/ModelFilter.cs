namespace CivitaiDownloader.Catalog.Searching;

/// <summary>One condition that is checked here, on each model as it comes.</summary>
/// <param name="Name">As its option is called.</param>
/// <param name="Admits">Whether a model may stay. Called once for each, from one thread at a time.</param>
/// <param name="IsBackstop">The API was asked to apply it as well, so it is worth a word only when it had to.</param>
public sealed record ModelFilter(string Name, Func<Model, bool> Admits, bool IsBackstop = false);
