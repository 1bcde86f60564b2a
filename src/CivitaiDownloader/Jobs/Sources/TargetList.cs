using System.Buffers;
using System.IO.Pipelines;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// Reads many targets: one a line with <c>#</c> comments and blank lines, or what <c>search</c>, <c>info</c> and <c>get</c> print for programs: JSON, JSON
/// lines, and the <c>simple</c> and <c>csv</c> of a search. A document of any size is read as it comes.
/// </summary>
public sealed class TargetList(TargetParser parser)
{
    private const int MistakesShown = 5;
    private const int StartBytes = 512;

    /// <returns>In their order; empty when the list has none.</returns>
    /// <exception cref="FormatException">Lines that are no target, each named with its number. Nothing of the list is to be used then.</exception>
    public async Task<IReadOnlyList<ListedTarget>> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(input, new(leaveOpen: true));
        var found = new List<ListedTarget>();
        var mistakes = new List<ListMistake>();
        if (await StartsAsJsonAsync(pipe, cancellationToken)) await new JsonTargets(parser, found, mistakes).ReadAsync(pipe, cancellationToken);
        else await new TextTargets(parser, found, mistakes).ReadAsync(pipe.AsStream(), cancellationToken);
        return mistakes.Count == 0 ? found : throw new FormatException(Describe(mistakes));
    }

    private static async Task<bool> StartsAsJsonAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var first = FirstLetter(Start(read.Buffer));
            pipe.AdvanceTo(read.Buffer.Start, first is null ? read.Buffer.End : read.Buffer.Start);
            if (first is not null || read.IsCompleted || read.Buffer.Length >= StartBytes) return first is (byte)'{' or (byte)'[';
        }
    }

    private static byte[] Start(ReadOnlySequence<byte> buffer) => buffer.Slice(0, Math.Min(StartBytes, buffer.Length)).ToArray();

    private static byte? FirstLetter(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        return start.IsEmpty ? null : start[0];
    }

    private static string Describe(List<ListMistake> mistakes)
    {
        var shown = string.Join("; ", mistakes.Take(MistakesShown).Select(mistake => $"line {mistake.Line}: {mistake.What.TrimEnd('.')}"));
        return mistakes.Count > MistakesShown ? $"{shown}; and {mistakes.Count - MistakesShown} more" : shown;
    }
}
