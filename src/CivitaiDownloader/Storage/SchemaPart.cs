namespace CivitaiDownloader.Storage;

/// <summary>The tables of one feature, as the scripts that made them what they are.</summary>
/// <param name="Feature">The feature's name, as <c>schema_part</c> keeps it.</param>
/// <param name="Migrations">SQL scripts; the first makes version 1 from nothing, each later one the next version. Never changed once released.</param>
public sealed record SchemaPart(string Feature, IReadOnlyList<string> Migrations);
