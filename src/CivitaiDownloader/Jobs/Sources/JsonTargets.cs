using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// Picks targets out of JSON as it comes: models alone or in <c>items</c> (search, info), one document after another (JSON lines), an array of them or of
/// numbers (as jq makes them), and the <c>files</c> of a <c>get</c>. Never holds more than one token.
/// </summary>
internal sealed class JsonTargets(TargetParser parser, ListFindings findings)
{
    private const int MostTokenBytes = 64 << 20;
    private const int DeepestName = 6;

    private static readonly JsonReaderOptions Tolerant = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    private readonly string?[] _names = new string?[DeepestName + 1];
    private readonly Stack<JsonEntry> _entries = new();
    private bool _rootIsArray;
    private long _line = 1;
    private long _rootLine = 1; // where the outermost document begins
    private bool _hasEndedOne; // a document of several
    private bool _isOneToALine = true;
    private long _tokenLine; // where the last token that was understood begins
    private bool _skipsLine;
    private bool _beginsAnew;

    public async Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var state = new JsonReaderState(Tolerant);
        var isFirst = true;
        while (IsWorthReading)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var buffer = isFirst ? WithoutMark(read.Buffer) : read.Buffer;
            isFirst = false;
            var used = TakeAll(buffer, read.IsCompleted, ref state);
            pipe.AdvanceTo(used, read.Buffer.End);
            if (buffer.Slice(used).Length > MostTokenBytes) findings.Break(_line, "a single text is larger than any target list has");
            if (read.IsCompleted) return;
        }
    }

    private bool IsWorthReading => findings.IsTolerant ? !findings.IsHopeless : findings.Mistakes.Count == 0;

    // Behind a line that is no JSON among lines that are each a document, the reader begins anew.
    private SequencePosition TakeAll(ReadOnlySequence<byte> buffer, bool isLast, ref JsonReaderState state)
    {
        while (true)
        {
            if (_skipsLine)
            {
                if (buffer.PositionOf((byte)'\n') is not { } end) return buffer.End;
                _skipsLine = false;
                _line++;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            _beginsAnew = false;
            var used = Take(buffer, isLast, ref state);
            if (!_beginsAnew || !IsWorthReading) return used;
            buffer = buffer.Slice(used);
        }
    }

    private SequencePosition Take(ReadOnlySequence<byte> buffer, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(buffer, isLast, state);
        var counted = 0L;
        try
        {
            while (reader.Read())
            {
                _line += LineEnds(buffer.Slice(counted, reader.TokenStartIndex - counted));
                counted = reader.TokenStartIndex;
                _tokenLine = _line;
                Meet(ref reader);
            }

            if (isLast && _entries.Count > 0) findings.Break(_line, "the JSON ends in the middle");
        }
        catch (JsonException wrong)
        {
            var at = reader.BytesConsumed + Blanks(buffer.Slice(reader.BytesConsumed));
            _line += LineEnds(buffer.Slice(counted, at - counted));
            var what = isLast && at == buffer.Length ? "the JSON ends in the middle" : $"this is not JSON: {wrong.Message.Split(" LineNumber:")[0]}";
            if (!findings.IsTolerant || !_hasEndedOne || !_isOneToALine)
            {
                findings.Break(_line, what);
                return buffer.End;
            }

            // A line that breaks off is noticed in one behind it, which may be whole.
            var isEarlier = reader.CurrentDepth > 0 && _line != _rootLine;
            findings.Miss(isEarlier ? _rootLine : _line, isEarlier && _line > _rootLine + 1 ? $"{what}; what follows, to line {_line - 1}, went with it" : what);
            _entries.Clear();
            state = new(Tolerant);
            _skipsLine = !isEarlier || _line == _tokenLine;
            _beginsAnew = true;
            return buffer.GetPosition(at);
        }

        _line += LineEnds(buffer.Slice(counted, reader.BytesConsumed - counted));
        state = reader.CurrentState;
        return reader.Position;
    }

    private void Meet(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (depth == 0 && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) _rootLine = _line;
        if (depth == 0 && reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) (_hasEndedOne, _isOneToALine) = (true, _isOneToALine && _line == _rootLine);
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when depth <= DeepestName:
                _names[depth] = reader.GetString();
                break;
            case JsonTokenType.StartArray when depth == 0:
                _rootIsArray = true;
                break;
            case JsonTokenType.StartArray when depth == 1 && _entries.TryPeek(out var root) && IsList(root):
                root.IsContainer = true;
                break;
            case JsonTokenType.StartObject when depth == 0:
                _rootIsArray = false;
                _entries.Push(new(0));
                break;
            case JsonTokenType.StartObject when IsEntry(depth):
                _entries.Push(new(depth));
                break;
            case JsonTokenType.EndObject when _entries.TryPeek(out var entry) && entry.Depth == depth:
                Finish(_entries.Pop());
                break;
            case JsonTokenType.Number or JsonTokenType.String:
                Value(ref reader, depth);
                break;
        }
    }

    // The files of a version, which has its number before them, are not what it is about.
    private bool IsList(JsonEntry root) => _names[1] == "items" || (_names[1] == "files" && !root.HasId);

    private bool IsEntry(int depth) => (depth == 1 && _rootIsArray) || (depth == 2 && _entries.TryPeek(out var root) && root is { Depth: 0, IsContainer: true } && IsList(root));

    private void Value(ref Utf8JsonReader reader, int depth)
    {
        if (depth == 0 || (depth == 1 && _rootIsArray))
        {
            findings.Parse(parser, reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(reader.ValueSpan.IsEmpty ? reader.ValueSequence.ToArray() : reader.ValueSpan), _line);
            return;
        }

        if (!_entries.TryPeek(out var entry) || depth > DeepestName || _names[depth] is not { } name) return;
        var isOwn = depth == entry.Depth + 1;
        if (isOwn && name == "target" && reader.TokenType == JsonTokenType.String) entry.Text = reader.GetString();
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number)) return;
        if (isOwn && name is "id" or "modelId" or "versionId" or "modelVersionId" or "fileId") entry.Set(name, number);
        if (depth == entry.Depth + 2 && _names[depth - 1] == "civitaiDl" && name is "namedVersionId" or "namedFileId") entry.Set(name, number);
    }

    private void Finish(JsonEntry entry)
    {
        if (entry.IsContainer) return;
        if (entry.ToTarget() is { } target) findings.Add(new(target, target.ToString()!, _line));
        else if (entry.Text is { } text) findings.Parse(parser, text, _line);
        else findings.Miss(_line, "this object has no id of a model or a version");
    }

    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> buffer) =>
        buffer.Length >= 3 && buffer.Slice(0, 3).ToArray() is [0xEF, 0xBB, 0xBF] ? buffer.Slice(3) : buffer;

    private static long Blanks(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        return reader.AdvancePastAny(" \t\r\n"u8);
    }

    private static long LineEnds(ReadOnlySequence<byte> bytes)
    {
        var count = 0L;
        foreach (var part in bytes) count += part.Span.Count((byte)'\n');
        return count;
    }
}
