using System.Text;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Tests.Scanning.Samples;
using Xunit;
using static CivitaiDownloader.Tests.Scanning.Samples.ProtobufBytes;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>Files made to keep a reader busy or to fill its memory, and large ordinary ones.</summary>
public sealed class HostileModelTests(ITestOutputHelper output)
{
    private const int Bytes = 1 << 20;

    public static TheoryData<string> Names => [.. Files.Keys];

    private static Dictionary<string, Func<byte[]>> Files => new()
    {
        ["keys.gguf"] = () => Repeat(new GgufBytes(), (gguf, index) => gguf.Pair($"{index:x}", 0, [0]), 60_000).Whole(),
        ["tensors.gguf"] = () => Repeat(new GgufBytes(), (gguf, index) => gguf.Tensor($"{index:x}", 0, 32, 8), 12_000).Whole(),
        ["vocabulary.gguf"] = () => new GgufBytes().Pair("tokenizer.ggml.tokens", 9, [8, 0, 0, 0, .. BitConverter.GetBytes(150_000L), .. Enumerable.Range(0, 150_000).SelectMany(index => GgufBytes.Text($"token{index}"))]).Whole(),
        ["template-index.gguf"] = () => Template("{{ " + Many("x[", Bytes / 4) + " }}"),
        ["template-map.gguf"] = () => Template("{{ x" + Many("|map(", 60_000) + " }}"),
        ["template-texts.gguf"] = () => Template("{{ " + Many("'__'*8~", 60_000) + " }}"),
        ["template-open.gguf"] = () => Template(Many("{%", 200_000)),
        ["deep.onnx"] = () => Deep(),
        ["fields.onnx"] = () => [.. Number(1, 8), .. Text(2, "m"), .. Text(3, "1"), .. Bytes(7, Many(Bytes(1, Text(4, "Relu")), Bytes / 8)), .. Text(2, "g")],
        ["nodes.pb"] = () => Many(Bytes(1, Text(1, "n"), Text(2, "Const")), Bytes / 12),
        ["arrays.json"] = () => Encoding.ASCII.GetBytes(Many("[", Bytes)),
        ["objects.json"] = () => Encoding.ASCII.GetBytes("[" + Many("""{"class_name":"A","config":{}},""", Bytes / 32) + "1]"),
        ["modules.json"] = () => Encoding.ASCII.GetBytes("[" + Many("""{"class_name":"A","module":"os"},""", Bytes / 32) + "1]"),
        ["text.json"] = () => Encoding.ASCII.GetBytes("{\"chat_template\": \"" + Many("\\u007b", Bytes / 6) + "\"}"),
        ["flow.yaml"] = () => Encoding.ASCII.GetBytes("a: " + Many("[", Bytes)),
        ["keys.yaml"] = () => Encoding.ASCII.GetBytes(Many("a: b\n", Bytes / 5)),
        ["flow-keys.yaml"] = () => Encoding.ASCII.GetBytes("a: {" + Many("b: {c, ", 100) + Many("d: e, ", Bytes / 6)),
        ["anchors.yaml"] = () => Encoding.ASCII.GetBytes("a: &a [x]\nb:\n" + Many("- *a\n", Bytes / 5)),
        ["tags.yaml"] = () => Encoding.ASCII.GetBytes("a: b\nc:\n" + Many("- !x y\n", Bytes / 7)),
        ["indented.yaml"] = () => Encoding.ASCII.GetBytes("a:\n" + Many("- ", Bytes / 2)),
        ["questions.yaml"] = () => Encoding.ASCII.GetBytes("a:\n " + Many("? ", Bytes / 2)),
        ["line.yaml"] = () => Encoding.ASCII.GetBytes("a: " + Many("b ", Bytes / 2)),
        ["overlap.h5"] = Overlap,
        ["links.h5"] = () => HdfBytes.Dense(2, Many([1, 0, 1, (byte)'a'], 120)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_made_to_be_slow_is_read_in_time(string name)
    {
        using var source = new MemorySource(Files[name]());
        new FileScanner().Scan(new MemorySource("{}"u8.ToArray()), "a.json", TestContext.Current.CancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var limit = TimeSpan.FromSeconds(2) * Math.Max(1, source.Length / (double)(1 << 20));

        var (report, took) = Unhurried.Run(limit, () => new FileScanner().Scan(source, name, TestContext.Current.CancellationToken));

        output.WriteLine($"{name}: {source.Length} bytes, {report.Verdict}, {took.TotalMilliseconds:0} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB allocated, {string.Join("; ", report.Findings.Take(2).Select(finding => finding.Message))}");
        Assert.True(took < limit, $"{took}");
    }

    private static T Repeat<T>(T first, Func<T, int, T> next, int times)
    {
        for (var index = 0; index < times; index++) first = next(first, index);
        return first;
    }

    private static string Many(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static byte[] Many(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(item => item)];

    private static byte[] Template(string text) => new GgufBytes().Pair("tokenizer.chat_template", text).Whole();

    private static byte[] Deep()
    {
        var graph = Text(2, "g");
        for (var depth = 0; depth < 2_000; depth++) graph = Bytes(1, Text(4, "If"), Bytes(5, Text(1, "b"), Bytes(6, graph)));
        return [.. Number(1, 8), .. Text(2, "m"), .. Text(3, "1"), .. Bytes(7, graph)];
    }

    // Objects of the older kind every 16 bytes, whose headers all say that they are very long.
    private static byte[] Overlap()
    {
        const int Count = 20_000;
        byte[] links = [.. Enumerable.Range(0, 2_000).SelectMany(index => HdfBytes.Message(6, [1, 0, 1, (byte)'a', .. BitConverter.GetBytes(48L + 10 + (2_000 * 16) + 4 + (index * 16))]))];
        return HdfBytes.File([links], _ => Many([1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0], Count));
    }
}
