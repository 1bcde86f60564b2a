namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Turns NaN and Infinity, which Python writes as numbers and JSON does not have (RFC 8259, section 6), into numbers of the same length. Works on pieces, in order.</summary>
internal sealed class JsonNumbers
{
    private string? _word;
    private int _index;
    private bool _isText, _isEscaped, _isOff;

    public void Replace(Span<byte> piece)
    {
        for (var at = 0; at < piece.Length && !_isOff; at++)
        {
            if (_isText)
            {
                if (_isEscaped) _isEscaped = false;
                else if (piece[at] == '\\') _isEscaped = true;
                else if (piece[at] == '"') _isText = false;
                continue;
            }

            if (_word is not null && _index < _word.Length && piece[at] == _word[_index])
            {
                (piece[at], _index) = ((byte)' ', _index + 1);
                if (_index == _word.Length) _word = null;
                continue;
            }

            _word = piece[at] switch { (byte)'N' => "NaN", (byte)'I' => "Infinity", _ => null };
            if (_word is not null) (piece[at], _index) = ((byte)'0', 1);
            else if (piece[at] == '"') _isText = true;
            else if (piece[at] == '/') _isOff = true; // a comment may hold anything, and who writes one does not write NaN
        }
    }
}
