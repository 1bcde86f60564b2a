using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Bytes of one kind in a stream of answers.</summary>
/// <param name="BodyLeft">Of a body, bytes that follow these.</param>
internal readonly record struct AnswerRun(int Bytes, bool IsBody, long BodyLeft);

/// <summary>Follows a stream of HTTP/1.1 answers and tells heads from bodies. Bodies must name their length; behind a head that does not, everything is body.</summary>
internal sealed class AnswerBodies
{
    private readonly StringBuilder _head = new();
    private long _left;

    /// <returns>The run at the start of <paramref name="bytes"/>, which are not empty.</returns>
    public AnswerRun Next(ReadOnlySpan<byte> bytes)
    {
        if (_left > 0)
        {
            var body = (int)Math.Min(_left, bytes.Length);
            _left -= body;
            return new(body, IsBody: true, _left);
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            _head.Append((char)bytes[i]);
            if (bytes[i] != '\n' || !EndsHead()) continue;
            _left = LengthOf(_head.ToString());
            _head.Clear();
            return new(i + 1, IsBody: false, 0);
        }

        return new(bytes.Length, IsBody: false, 0);
    }

    private bool EndsHead() => _head.Length >= 4 && _head[^2] == '\r' && _head[^3] == '\n' && _head[^4] == '\r';

    private static long LengthOf(string head)
    {
        const string name = "Content-Length:";
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is null ? long.MaxValue : long.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }
}
