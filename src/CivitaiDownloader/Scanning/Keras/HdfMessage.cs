namespace CivitaiDownloader.Scanning.Keras;

/// <summary>One message of an object's header: what kind, and where its body lies in the file (section IV.A.2 of the specification).</summary>
internal readonly record struct HdfMessage(int Type, int Flags, long Place, int Length)
{
    public const int LinkInfo = 0x02, DataType = 0x03, Link = 0x06, ExternalFiles = 0x07, Layout = 0x08, Filters = 0x0b, Attribute = 0x0c, Continuation = 0x10, SymbolTable = 0x11, AttributeInfo = 0x15, Last = 0x18;

    /// <summary>The body is not here but in a place it names.</summary>
    public bool IsShared => (Flags & 2) != 0;
}
