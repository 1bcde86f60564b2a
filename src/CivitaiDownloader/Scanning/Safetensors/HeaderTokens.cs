using System.Text;
using System.Text.Json;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Safetensors;

/// <summary>The tokens of a JSON text inside a source, one after another, through a buffer that grows only with the longest token.</summary>
internal sealed class HeaderTokens
{
    private const int FirstBufferBytes = 64 * 1024, LargestBufferBytes = 32 * 1024 * 1024, DeepestNesting = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ScanSource _source;
    private readonly long _end;
    private byte[] _buffer;
    private int _filled, _used;
    private long _at;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DeepestNesting, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false });
    private byte[] _token = [];
    private bool _isEscaped;

    public HeaderTokens(ScanSource source, long start, int length)
    {
        (_source, _at, _end) = (source, start, start + length);
        _buffer = new byte[Math.Min(length, FirstBufferBytes)];
    }

    public JsonTokenType Type { get; private set; }

    /// <summary>Behind the token, from the beginning of the source.</summary>
    public long Position => _at - _filled + _used;

    private bool IsLast => _at == _end;

    /// <exception cref="JsonException">What follows is no JSON, or the text ends.</exception>
    public JsonTokenType Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_used, _filled - _used), IsLast, _state);
            if (reader.Read())
            {
                Type = reader.TokenType;
                _isEscaped = reader.ValueIsEscaped;
                _token = Type is JsonTokenType.String or JsonTokenType.PropertyName or JsonTokenType.Number ? reader.ValueSpan.ToArray() : [];
                _used += (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return Type;
            }

            if (IsLast) throw new JsonException("it ends early");
            _used += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            Fill();
        }
    }

    /// <exception cref="JsonException">Something other than white space follows.</exception>
    public void ExpectEnd()
    {
        while (true)
        {
            if (_buffer.AsSpan(_used, _filled - _used).ContainsAnyExcept(" \n\r\t"u8)) throw new JsonException("something follows the object");
            if (IsLast) return;
            _used = _filled;
            Fill();
        }
    }

    /// <exception cref="JsonException">It is longer than <paramref name="longest"/>, or no strict UTF-8.</exception>
    public string Text(int longest)
    {
        if (_token.Length > longest) throw new JsonException($"a name of {_token.Length} bytes");
        return Unescaped();
    }

    /// <exception cref="JsonException">The text is no strict UTF-8, or has half a surrogate pair.</exception>
    public void CheckText()
    {
        if (_isEscaped) _ = Unescaped();
        else if (!System.Text.Unicode.Utf8.IsValid(_token)) throw new JsonException("a text that is no UTF-8");
    }

    public bool TryUnsigned(out ulong value) => ulong.TryParse(_token, System.Globalization.NumberStyles.None, null, out value);

    private string Unescaped()
    {
        if (!_isEscaped) return Strict.GetString(_token);
        var quoted = new byte[_token.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        _token.CopyTo(quoted, 1);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    private void Fill()
    {
        var left = _filled - _used;
        if (left == _buffer.Length)
        {
            if (_buffer.Length >= LargestBufferBytes) throw new BudgetExceededException(Rules.CoreRules.Limit, $"a header with a value of over {LargestBufferBytes} bytes");
            Array.Resize(ref _buffer, Math.Min(LargestBufferBytes, _buffer.Length * 4));
        }

        Buffer.BlockCopy(_buffer, _used, _buffer, 0, left);
        var read = _source.Read(_at, _buffer.AsSpan(left, (int)Math.Min(_buffer.Length - left, _end - _at)));
        (_used, _filled) = (0, left + read);
        _at += read;
    }
}
