using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>One target of a list.</summary>
/// <param name="Text">As it stands in the list, or as it would be typed; without secrets.</param>
/// <param name="Line">Where it stands, from 1; 0 for one of the command line.</param>
public sealed record ListedTarget(Target Target, string Text, long Line);

/// <summary>A mistake in a list.</summary>
/// <param name="What">A clause, without its full stop.</param>
public sealed record ListMistake(long Line, string What);
