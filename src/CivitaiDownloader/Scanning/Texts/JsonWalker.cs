using System.Text.Json;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Takes what stands at the reader.</summary>
/// <param name="at">Its place in the text.</param>
internal delegate void JsonTokenVisitor(ref Utf8JsonReader reader, long at);

/// <summary>Reads JSON of any length piece by piece, through a buffer as large as its longest text.</summary>
internal static class JsonWalker
{
    private const int FirstBufferBytes = 32 * 1024, LargestBufferBytes = 16 << 20;

    // Python's reader gives up at about this depth as well.
    private const int MaxDepth = 990;

    /// <param name="allowSeveral">Several values one after another, as in lists of lines.</param>
    /// <exception cref="UnreadableException">It is not JSON.</exception>
    public static void Walk(ScanSource source, bool allowSeveral, JsonTokenVisitor visit, CancellationToken cancellationToken)
    {
        // Editors and compilers write comments and a last comma into settings; what stands between them is looked at all the same.
        var state = new JsonReaderState(new() { MaxDepth = MaxDepth, AllowMultipleValues = allowSeveral, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var numbers = new JsonNumbers();
        var buffer = new byte[(int)Math.Min(FirstBufferBytes, Math.Max(16, source.Length))];
        var position = source.Peek(0, 3) is [0xef, 0xbb, 0xbf] ? 3L : 0; // readers of every language pass over this mark
        var (filled, begin) = (0, position);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = source.Read(position, buffer.AsSpan(filled));
            numbers.Replace(buffer.AsSpan(filled, read));
            (filled, position) = (filled + read, position + read);
            var isLast = position >= source.Length || read == 0;
            var used = Read(buffer.AsSpan(0, filled), isLast, ref state, begin, visit);
            if (isLast) return;
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            (filled, begin) = (filled - used, begin + used);
            if (filled < buffer.Length) continue;
            if (buffer.Length >= LargestBufferBytes) throw new BudgetExceededException(CoreRules.Limit, $"a text of more than {LargestBufferBytes} bytes in JSON");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static int Read(ReadOnlySpan<byte> piece, bool isLast, ref JsonReaderState state, long begin, JsonTokenVisitor visit)
    {
        var reader = new Utf8JsonReader(piece, isLast, state);
        try
        {
            while (reader.Read()) visit(ref reader, begin + reader.TokenStartIndex);
        }
        catch (JsonException broken)
        {
            throw new UnreadableException($"not JSON: {broken.Message.Split(". LineNumber", 2)[0]}", begin + reader.BytesConsumed);
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }
}
