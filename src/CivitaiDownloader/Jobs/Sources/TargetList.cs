using System.Buffers;
using System.IO.Pipelines;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// Reads many targets: one a line with <c>#</c> comments and blank lines, or what <c>search</c>, <c>info</c>, <c>get</c> and <c>job report</c> print for
/// programs: JSON, JSON lines, and the <c>simple</c> and <c>csv</c> of a search. A document of any size is read as it comes.
/// </summary>
public sealed class TargetList(TargetParser parser)
{
    private const int MistakesShown = 5;
    private const int StartBytes = 512;

    /// <returns>In their order; empty when the list has none.</returns>
    /// <exception cref="FormatException">Lines that are no target, each named with its number. Nothing of the list is to be used then.</exception>
    public async Task<IReadOnlyList<ListedTarget>> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(input, ListTemper.Strict, cancellationToken);
        return findings.Mistakes.Count == 0 ? findings.Found : throw new FormatException(Describe(findings.Mistakes));
    }

    /// <summary>Passes over lines that are no target.</summary>
    /// <param name="name">What the list is called in an error.</param>
    /// <exception cref="SourceException">It is empty, is mostly no targets at all, or cannot be read to its end.</exception>
    public async Task<ListRead> ReadTolerantlyAsync(Stream input, string name, CancellationToken cancellationToken)
    {
        var findings = await FindAsync(input, ListTemper.Tolerant, cancellationToken);
        if (findings.End is { } end) throw SourceErrors.NotAList(name, Describe([end]));
        if (findings.IsMostlyMistakes) throw SourceErrors.NotAList(name, Describe(findings.Mistakes));
        return findings.Found.Count > 0 ? new(findings.Found, findings.Mistakes) : throw SourceErrors.Empty(name);
    }

    /// <summary>As <see cref="ReadTolerantlyAsync"/>, of a file.</summary>
    /// <exception cref="SourceException">It cannot be opened or read, or as there.</exception>
    public async Task<ListRead> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (SpecialFile.Of(path) is { } kind and not "a pipe") throw new IOException($"it is {kind}");
            await using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
            return await ReadTolerantlyAsync(input, $"'{VisibleText.OneLine(path)}'", cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SourceErrors.Unreadable(path, unreadable);
        }
    }

    private async Task<ListFindings> FindAsync(Stream input, ListTemper temper, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(input, new(leaveOpen: true));
        var findings = new ListFindings(temper);
        if (await StartsAsJsonAsync(pipe, cancellationToken)) await new JsonTargets(parser, findings).ReadAsync(pipe, cancellationToken);
        else await new TextTargets(parser, findings).ReadAsync(pipe.AsStream(), cancellationToken);
        return findings;
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

    private static string Describe(IReadOnlyList<ListMistake> mistakes)
    {
        var shown = string.Join("; ", mistakes.Take(MistakesShown).Select(mistake => $"line {mistake.Line}: {mistake.What}"));
        return mistakes.Count > MistakesShown ? $"{shown}; and {mistakes.Count - MistakesShown} more" : shown;
    }
}

/// <summary>A list of which some lines may be no target.</summary>
public sealed record ListRead(IReadOnlyList<ListedTarget> Targets, IReadOnlyList<ListMistake> Mistakes);
