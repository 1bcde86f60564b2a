using System.Numerics;
using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Templates;

namespace CivitaiDownloader.Scanning.Gguf;

/// <summary>The keys and values in front of the tensors. Chat templates among them are read; all else is only measured.</summary>
internal sealed class GgufMetadata(SourceReader reader, ScanItem item, ScanState state)
{
    private const int MaxPairs = 100_000, MaxKeyBytes = 65_535, MaxAlignment = 1 << 20, SmallestPair = 8 + 1 + 4 + 1;
    private const long MaxStringBytes = 64L << 20; // the reference reader's, as is the number of elements
    private const ulong MaxElements = 64UL << 20;
    private const uint Bool = 7, Text = 8, Array = 9, UnsignedInt = 4;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public long Alignment { get; private set; } = 32;

    public void Read(ulong pairs)
    {
        if (pairs > (ulong)(reader.Remaining / SmallestPair)) throw new UnreadableException($"{pairs} keys are announced in {reader.Remaining} bytes", 16);
        if (pairs > MaxPairs) throw new BudgetExceededException(CoreRules.Limit, $"{pairs} keys, of which {MaxPairs} would be read");
        for (var index = 0UL; index < pairs; index++) ReadPair();
    }

    private void ReadPair()
    {
        var at = reader.Position;
        var key = ReadKey(at);
        var type = reader.ReadUInt32();
        if (key == "general.alignment") ReadAlignment(type, at);
        else if (type == Array) ReadArray(key, at);
        else if (type == Text) ReadText(key);
        else if (WidthOf(type) is { } width) reader.Skip(width);
        else throw new UnreadableException($"the key '{key}' has a value of type {type}, which there is not", at);
    }

    private string ReadKey(long at)
    {
        var length = reader.ReadUInt64();
        if (length is 0 or > MaxKeyBytes) throw new UnreadableException($"a key of {length} bytes", at);
        string key;
        try
        {
            key = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(reader.ReadBytes((long)length));
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException("a key that is not UTF-8", at);
        }

        if (!_keys.Add(key)) throw new UnreadableException($"the key '{key}' stands there twice", at);
        return key;
    }

    private void ReadAlignment(uint type, long at)
    {
        if (type != UnsignedInt) throw new UnreadableException($"general.alignment is of type {type} where a number of 32 bits belongs", at);
        var alignment = reader.ReadUInt32();
        if (!BitOperations.IsPow2(alignment) || alignment > MaxAlignment) throw new UnreadableException($"an alignment of {alignment}", at);
        Alignment = alignment;
    }

    private void ReadText(string key)
    {
        var at = reader.Position;
        var length = TextLength();
        if (!key.StartsWith("tokenizer.chat_template", StringComparison.Ordinal))
        {
            reader.Skip(length);
            return;
        }

        TemplateInspection.Run(reader, length, item, state, at, key);
    }

    private void ReadArray(string key, long at)
    {
        var type = reader.ReadUInt32();
        var count = reader.ReadUInt64();
        if (type == Array) throw new UnreadableException($"the key '{key}' holds an array of arrays", at);
        if (type != Text && WidthOf(type) is null) throw new UnreadableException($"the key '{key}' holds an array of type {type}, which there is not", at);
        var smallest = WidthOf(type) ?? 8;
        if (count > MaxElements || count > (ulong)(reader.Remaining / smallest)) throw new UnreadableException($"the key '{key}' announces {count} elements in {reader.Remaining} bytes", at);
        if (type != Text)
        {
            reader.Skip((long)count * smallest);
            return;
        }

        var isTemplate = key.StartsWith("tokenizer.chat_template", StringComparison.Ordinal);
        for (var index = 0UL; index < count; index++)
        {
            if (isTemplate) ReadText(key);
            else reader.Skip(TextLength());
            if ((index & 0xffff) == 0) state.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private long TextLength()
    {
        var at = reader.Position;
        var length = reader.ReadUInt64();
        return length <= MaxStringBytes && length <= (ulong)reader.Remaining ? (long)length : throw new UnreadableException($"a text of {length} bytes where {reader.Remaining} are left", at);
    }

    private static int? WidthOf(uint type) => type switch
    {
        0 or 1 or Bool => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => null,
    };
}
