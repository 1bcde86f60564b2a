using System.Text;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One member as a 7z header tells of it.</summary>
internal sealed class SevenZipMember
{
    private const uint IsFolderFlag = 0x10, IsReparsePoint = 0x400, HasUnixMode = 0x8000;

    public string Name { get; private set; } = "";

    /// <summary>It has content in a folder of the archive.</summary>
    public bool HasStream { get; private set; } = true;

    public bool IsEmptyFile { get; private set; }

    /// <summary>It deletes what has its name.</summary>
    public bool IsAnti { get; private set; }

    public uint Attributes { get; private set; }

    public bool IsFolder => !HasStream && !IsEmptyFile;

    public bool IsLink => (Attributes & IsReparsePoint) != 0 || UnixKind == 0xa000;

    /// <summary>What the mode of a Unix system says it is, shifted as there; 0 without one.</summary>
    public int UnixKind => UnixMode & 0xf000;

    public int UnixMode => (Attributes & HasUnixMode) != 0 ? (int)(Attributes >> 16) : 0;

    public bool SaysFolder => (Attributes & IsFolderFlag) != 0;

    public static IReadOnlyList<SevenZipMember> ReadAll(SevenZipValues values)
    {
        var members = new SevenZipMember[values.Count()];
        for (var index = 0; index < members.Length; index++) members[index] = new();
        for (SevenZipId id; (id = values.Id()) != SevenZipId.End;)
        {
            var end = checked(values.Number() + values.Position);
            ReadProperty(values, id, members);
            if (values.Position > end) throw values.Broken("a property longer than it says");
            values.GoTo(end);
        }

        return members;
    }

    private static void ReadProperty(SevenZipValues values, SevenZipId id, SevenZipMember[] members)
    {
        switch (id)
        {
            case SevenZipId.EmptyStream:
                Set(members, values.Bits(members.Length), (member, isEmpty) => member.HasStream = !isEmpty);
                break;
            case SevenZipId.EmptyFile or SevenZipId.Anti:
                var empty = members.Where(member => !member.HasStream).ToArray();
                Set(empty, values.Bits(empty.Length), (member, isSo) => _ = id == SevenZipId.Anti ? member.IsAnti = isSo : member.IsEmptyFile = isSo);
                break;
            case SevenZipId.Names:
                if (values.Byte() != 0) throw values.Broken("names that are told elsewhere");
                foreach (var member in members) member.Name = ReadName(values);
                break;
            case SevenZipId.Attributes:
                var told = values.Defined(members.Length);
                if (values.Byte() != 0) throw values.Broken("attributes that are told elsewhere");
                Set(members, told, (member, isTold) => member.Attributes = isTold ? values.UInt32() : 0);
                break;
        }
    }

    private static void Set(SevenZipMember[] members, bool[] bits, Action<SevenZipMember, bool> set)
    {
        for (var index = 0; index < members.Length; index++) set(members[index], bits[index]);
    }

    private static string ReadName(SevenZipValues values)
    {
        var name = new StringBuilder();
        for (int unit; (unit = values.Byte() | (values.Byte() << 8)) != 0;) name.Append((char)unit);
        return name.ToString();
    }
}
