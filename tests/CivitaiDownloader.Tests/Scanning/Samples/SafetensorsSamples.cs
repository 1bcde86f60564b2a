using System.Buffers.Binary;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class SafetensorsSamples
{
    private const string One = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    public static IEnumerable<Sample> All =>
    [
        .. Broken("safetensors-header",
            "{\"a\":1}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} {}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}", "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2e0],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}", "{\"__metadata__\":{\"a\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"__metadata__\":{\"a\":\"1\",\"\\u0061\":\"2\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "{/* words */\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"),
        new("safetensors-header", "not-utf8.safetensors", File(One.Replace('a', '\u00ff'), new byte[8], Encoding.Latin1)),
        .. Broken("safetensors-offsets",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[18446744073709551615,8]}}"),
        .. Broken("safetensors-size",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,8]}}", "{\"a\":{\"dtype\":\"F4\",\"shape\":[15],\"data_offsets\":[0,8]}}"),
        new("safetensors-leading-space", "space.safetensors", File(" " + One, new byte[8])),
        new("hidden-data", "tail.safetensors", File(One, new byte[9])),
        new("hidden-file", "tail-zip.safetensors", [.. File(One, new byte[8]), .. ZipBytes.Of(("a.txt", "words\n"u8.ToArray()))]),
        new("limit-reached", "many.safetensors", Many(200_001)),

        new(null, "one.safetensors", File(One, new byte[8])),
        new(null, "none.safetensors", File("{}", [])),
        new(null, "padded.safetensors", File(One + "    ", new byte[8])),
        new(null, "metadata.safetensors", File("{\"__metadata__\":{\"format\":\"pt\",\"tag\":\"import os; <script>\"}," + One[1..], new byte[8])),
        new(null, "types.safetensors", File("{\"a\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[8,10]},\"c\":{\"dtype\":\"F8_E4M3\",\"shape\":[],\"data_offsets\":[10,11]},\"d\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[11,11]}}", new byte[11])),
        new(null, "order.safetensors", File("{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", new byte[2])),
        new(null, "long-metadata.safetensors", File("{\"__metadata__\":{\"long\":\"" + new string('x', 400_000) + "\"}," + One[1..], new byte[8])),
    ];

    /// <summary>So broken that they are told from other files by their name alone.</summary>
    public static IEnumerable<Sample> KnownByName =>
    [
        new("safetensors-header", "list.safetensors", File("[1]", [])),
        new("safetensors-header", "longer-than-the-file.safetensors", [90, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]),
        new("safetensors-header", "zeros.safetensors", new byte[4096]),
        new("safetensors-header", "short.safetensors", [1, 2, 3]),
        new("safetensors-header", "byte-order-mark.safetensors", File("\ufeff" + One, new byte[8])),
    ];

    private static byte[] File(string header, byte[] data, Encoding? encoding = null)
    {
        var text = (encoding ?? Encoding.UTF8).GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    private static IEnumerable<Sample> Broken(string rule, params string[] headers) => headers.Select((header, index) => new Sample(rule, $"broken-{index}.safetensors", File(header, new byte[8])));

    private static byte[] Many(int tensors)
    {
        var header = new StringBuilder("{");
        for (var index = 0; index < tensors; index++) header.Append(index == 0 ? "" : ",").Append($"\"{index:x}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        return File(header.Append('}').ToString(), []);
    }
}
