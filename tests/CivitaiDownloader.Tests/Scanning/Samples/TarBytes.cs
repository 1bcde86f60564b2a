using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Writes tar archives, broken ones too.</summary>
internal sealed class TarBytes
{
    private readonly MemoryStream _bytes = new();

    public TarBytes File(string name, string text, int mode = 0x1a4, string magic = "ustar\000", string prefix = "") => Member(name, '0', Encoding.UTF8.GetBytes(text), mode, magic: magic, prefix: prefix);

    public TarBytes Link(string name, string target, char type = '2') => Member(name, type, [], link: target);

    public TarBytes Pax(params (string Key, string Value)[] records) => Member("pax", 'x', Encoding.UTF8.GetBytes(string.Concat(records.Select(record => Record(record.Key, record.Value)))));

    public TarBytes Member(string name, char type, byte[] content, int mode = 0x1a4, string link = "", string magic = "ustar\000", string prefix = "", long? claimed = null)
    {
        var header = new byte[512];
        Put(header, 0, name);
        Put(header, 100, Octal(mode, 7));
        Put(header, 124, Octal(claimed ?? content.Length, 11));
        Put(header, 136, Octal(0, 11));
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, magic);
        Put(header, 345, prefix);
        return Raw(Summed(header)).Raw(content).Padded();
    }

    public TarBytes Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public byte[] Open() => _bytes.ToArray();

    public byte[] End(string behind = "") => [.. _bytes.ToArray(), .. new byte[1024], .. Encoding.UTF8.GetBytes(behind)];

    public static byte[] Summed(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        Put(header, 148, Octal(header.Sum(value => value), 6) + "\0 ");
        return header;
    }

    private TarBytes Padded() => Raw(new byte[(512 - (_bytes.Length % 512)) % 512]);

    private static string Record(string key, string value)
    {
        var body = $" {key}={value}\n";
        var bytes = Encoding.UTF8.GetByteCount(body);
        var length = bytes + 1;
        while (length.ToString(CultureInfo.InvariantCulture).Length + bytes != length) length++;
        return length.ToString(CultureInfo.InvariantCulture) + body;
    }

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int at, string text) => Encoding.UTF8.GetBytes(text).CopyTo(header, at);
}
