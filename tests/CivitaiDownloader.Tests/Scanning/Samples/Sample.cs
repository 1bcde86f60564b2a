namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>A file that one rule alone catches: with that rule switched off its verdict is milder.</summary>
/// <param name="Rule">The rule's id; null for a harmless file, which must be clean.</param>
internal sealed record Sample(string? Rule, string Name, byte[] Bytes);
