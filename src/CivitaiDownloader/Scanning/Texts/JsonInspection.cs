using System.Text.Json;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Keras;
using CivitaiDownloader.Scanning.Python;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Templates;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Goes through JSON and hands each object and text that a program could act upon to those who know it: Keras, chat templates, object notations.</summary>
internal sealed class JsonInspection
{
    private const int LongestKey = 256, LongestValue = 4096, LongestTemplate = 1 << 20;

    private readonly ScanItem _item;
    private readonly ScanState _state;
    private readonly long _begin;
    private readonly Stack<JsonFrame> _frames = new();

    private JsonInspection(ScanItem item, ScanState state, long begin) => (_item, _state, _begin) = (item, state, begin);

    /// <summary>The item is JSON.</summary>
    public static void Run(ScanItem item, ScanState state, bool allowSeveral)
    {
        var inspection = new JsonInspection(item, state, 0);
        JsonWalker.Walk(item.Source, allowSeveral, inspection.Take, state.CancellationToken);
    }

    /// <summary>A part of the item is JSON or another text; only the former is looked at.</summary>
    public static void RunInside(ScanItem item, ScanState state, long start, long length)
    {
        var text = item.Source.Slice(start, length);
        if (!BeginsLikeObject(text)) return;
        var end = EndOf(text);
        var inspection = new JsonInspection(item, state, start);
        try
        {
            JsonWalker.Walk(text.Slice(0, end), allowSeveral: true, inspection.Take, state.CancellationToken);
        }
        catch (UnreadableException broken)
        {
            throw new UnreadableException(broken.Message, broken.Offset + start);
        }
    }

    /// <summary>Readers pass over white space in front, however much there is.</summary>
    public static bool BeginsLikeObject(ScanSource text)
    {
        for (long at = 0; at < text.Length; at += 4096)
        {
            var rest = text.Peek(at, (int)Math.Min(4096, text.Length - at)).AsSpan().TrimStart(" \t\r\n"u8);
            if (rest.Length > 0) return rest[0] == '{';
        }

        return false;
    }

    // Texts of a fixed length are filled up with zeros.
    private static long EndOf(ScanSource text)
    {
        var end = text.Length;
        while (end > 0)
        {
            var tail = text.Peek(Math.Max(0, end - 256), (int)Math.Min(256, end));
            var used = tail.AsSpan().TrimEnd((byte)0).Length;
            if (used > 0) return end - tail.Length + used;
            end -= tail.Length;
        }

        return 0;
    }

    private void Take(ref Utf8JsonReader reader, long at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(reader.TokenType == JsonTokenType.StartArray, at);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close();
                break;
            case JsonTokenType.PropertyName:
                Key(reader.ValueSpan.Length > LongestKey * 6 ? "" : JsonText.Of(ref reader), at);
                break;
            case JsonTokenType.String when _frames.TryPeek(out var frame):
                Value(ref reader, frame, at);
                break;
        }
    }

    private void Open(bool isArray, long at)
    {
        var around = _frames.TryPeek(out var outer) ? outer : null;
        var owner = around is null ? "" : around.IsArray ? around.Owner : around.Key;
        _frames.Push(new() { IsArray = isArray, Owner = owner, At = at, IsTemplate = (around?.IsTemplate ?? false) || IsTemplateKey(owner) });
    }

    private void Close()
    {
        var frame = _frames.Pop();
        if (frame.IsArray) return;
        KerasConfiguration.Judge(frame, _item, _state, _begin + frame.At);
        if (!_frames.TryPeek(out var outer) || outer.IsArray || outer.Key != "config") return;
        outer.HasConfig = true;
        outer.Vocabulary ??= frame.Vocabulary;
        outer.Function ??= frame.Function;
        outer.FunctionType ??= frame.FunctionType;
    }

    private void Key(string key, long at)
    {
        var frame = _frames.Peek();
        if (key is "class_name" && frame.ClassName is not null) KerasConfiguration.Judge(frame, _item, _state, _begin + frame.At); // of two the reader takes the last; both are judged
        frame.Key = key;
        JsonObjectTags.JudgeKey(key, _item, _state, _begin + at);
    }

    private void Value(ref Utf8JsonReader reader, JsonFrame frame, long at)
    {
        var key = frame.IsArray ? frame.Owner : frame.Key;
        if (frame.IsTemplate || IsTemplateKey(key))
        {
            TemplateInspection.Run(JsonText.Of(ref reader), _item, _state, _begin + at, key);
            return;
        }

        if (HoldsBraces(reader.ValueSpan)) TemplateInspection.RunUnlessPlain(JsonText.Of(ref reader), _item, _state, _begin + at, key);
        if (frame.IsArray || reader.ValueSpan.Length > LongestValue) return;
        switch (key)
        {
            case "class_name": frame.ClassName = JsonText.Of(ref reader); break;
            case "module": frame.Module = Joined(frame.Module, JsonText.Of(ref reader)); break;
            case "config": (frame.ConfigName, frame.HasConfig) = (JsonText.Of(ref reader), true); break;
            case "function": frame.Function = JsonText.Of(ref reader); break;
            case "function_type": frame.FunctionType = JsonText.Of(ref reader); break;
            case "vocabulary": frame.Vocabulary = JsonText.Of(ref reader); break;
            case "_target_" or "target" or "$type" or "@type" or "@class": JsonObjectTags.JudgeValue(key, JsonText.Of(ref reader), _item, _state, _begin + at); break;
            case var tag when tag.StartsWith("py/", StringComparison.Ordinal): JsonObjectTags.JudgeValue(tag, JsonText.Of(ref reader), _item, _state, _begin + at); break;
        }
    }

    // A key that stands twice: the reader takes the last, another the first.
    private static string Joined(string? before, string module) => before is null || before == module ? module : PythonModules.IsDangerous(before) ? before : module;

    private static bool HoldsBraces(ReadOnlySpan<byte> text) => text.Length <= LongestTemplate && (text.IndexOf("{{"u8) >= 0 || text.IndexOf("{%"u8) >= 0);

    public static bool IsTemplateKey(string key) => key is "chat_template" or "chat_templates" or "prompt_template" or "chat_template_jinja" or "default_chat_template" or "instruction_template" || key.StartsWith("tokenizer.chat_template", StringComparison.Ordinal);
}
