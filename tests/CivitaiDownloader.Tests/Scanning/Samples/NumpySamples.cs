using System.Buffers.Binary;
using System.Text;
using static CivitaiDownloader.Tests.Scanning.Samples.PickleBytes;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class NumpySamples
{
    public static IEnumerable<Sample> All =>
    [
        new("numpy-header", "expression.npy", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1+1,), }", new byte[8])),
        new("numpy-header", "call.npy", Npy("{'descr': print('<f4'), 'fortran_order': False, 'shape': (2,), }", new byte[8])),
        new("numpy-header", "no-shape.npy", Npy("{'descr': '<f4', 'fortran_order': False}", new byte[8])),
        new("numpy-header", "long.npy", [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff]),
        new("numpy-size", "cut.npy", Npy(Header("'<f8'", "(4,)"), new byte[31])),
        new("numpy-size", "huge.npy", Npy(Header("'<f8'", "(4611686018427387904, 4611686018427387904)"), new byte[8])),
        new("pickle-dangerous-import", "object.npy", Npy(Header("'|O'", "(1,)"), Call("os", "system", "echo"))),
        new("pickle-dangerous-import", "field.npy", Npy(Header("[('a', '<i4'), ('b', [('c', '|O')])]", "(1,)"), Call("os", "system", "echo"))),
        new("numpy-header", "two-fields-in-one.npy", Npy(Header("'M8,O'", "(1,)"), new byte[8])),
        new("hidden-data", "tail.npy", Npy(Header("'<f4'", "(2,)"), new byte[9])),
        new("hidden-file", "tail-pickle.npy", Npy(Header("'<f4'", "(2,)"), [.. new byte[8], .. Call("os", "system", "echo")])),
        new("unreadable", "version.npy", [0x93, .. "NUMPY"u8, 9, 0, 0, 0]),

        new(null, "float.npy", Npy(Header("'<f4'", "(2, 3)"), new byte[24])),
        new(null, "scalar.npy", Npy(Header("'|b1'", "()"), new byte[1])),
        new(null, "empty.npy", Npy(Header("'<U5'", "(0,)"), [])),
        new(null, "record.npy", Npy(Header("[('a', '<i4'), ('b', '<f8', (2,))]", "(3,)"), new byte[60])),
        new(null, "objects.npy", Npy(Header("'|O'", "(1,)"), Of(Proto(2), "]K\u0001a", Stop))),
        new(null, "several.npz", ZipBytes.Of(("a.npy", Npy(Header("'<f4'", "(2,)"), new byte[8])), ("b.npy", Npy(Header("'<i8'", "(1,)"), new byte[8])))),
    ];

    private static string Header(string type, string shape) => $"{{'descr': {type}, 'fortran_order': False, 'shape': {shape}, }}";

    private static byte[] Npy(string header, byte[] data)
    {
        var text = Encoding.Latin1.GetBytes(header.PadRight(118) + "\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. data];
    }
}
