using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>Pickles made to keep the reader busy or to fill its memory: each opcode that keeps something, over and over.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class HostilePickleTests(ITestOutputHelper output)
{
    private const int Bytes = 4 << 20;
    private const long MostHeld = 96L << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2) * (Bytes >> 20);

    public static TheoryData<string> Names => [.. Files.Keys];

    private static Dictionary<string, Func<byte[]>> Files => new()
    {
        ["lists"] = () => Many("]"),
        ["dictionaries"] = () => Many("}"),
        ["dictionaries-in-memo"] = () => Many("}\u0094"),
        ["lists-in-memo"] = () => Many("]\u0094"),
        ["numbers-in-memo"] = () => Many("N\u0094"),
        ["imports-in-memo"] = () => Many("ccollections\nOrderedDict\n\u0094"),
        ["tuples-in-memo"] = () => Many("NN\u0086\u0094"),
        ["marks"] = () => Many("("),
        ["marks-and-back"] = () => Many("(1"),
        ["tuples-in-tuples"] = () => Many("\u0085", "N"),
        ["tuples-in-tuples-dropped"] = () => Many("N" + new string('\u0085', 250) + "0"),
        ["empty-texts"] = () => Many("\u008c\0"),
        ["quoted-texts"] = () => Many("S''\n"),
        ["stack-globals"] = () => Many("\u008c\u0001a\u008c\u0001b\u0093"),
        ["far-imports"] = () => Many("h\0h\u0001\u0093", "\u008c\u0001a\u0094\u008c\u0001b\u0094"),
        ["calls"] = () => Many("h\0)R", "ccollections\nOrderedDict\n\u0094"),
        ["memo-holes"] = () => Many("Nr\u0000\u0010\u0000\u0001"),
        ["nested"] = () => Many("C\u0006\u0080\u0002]]]."),
        ["nested-gzip"] = () => Many("C\u0014\u001f\u008b\u0008\0\0\0\0\0\0\u0003\u0003\0\0\0\0\0\0\0\0\0"),
        ["streams"] = () => Many("\u0080\u0002N."),
        ["old-streams"] = () => Many("N.", ""),
        ["one-line"] = () => Many("a", "V"),
        ["items"] = () => Many("(NNNNe", "]"),
        ["persistent"] = () => Many("NQ"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_read_in_time_and_little_of_it_is_kept(string name)
    {
        using var source = new MemorySource(Files[name]());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        using var watch = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 5, 5);
        var (report, took) = Unhurried.Run(Limit, () => new FileScanner().Scan(source, "hostile.pkl", TestContext.Current.CancellationToken));

        output.WriteLine($"{name}: {report.Verdict}, {took.TotalMilliseconds:0} ms, {(peak - before) >> 20} MiB; {(report.Findings.Count > 0 ? report.Findings[0].Message : "")}");
        Assert.True(took < Limit, $"{took.TotalSeconds} s");
        Assert.True(peak - before < MostHeld, $"{(peak - before) >> 20} MiB");
    }

    private static byte[] Many(string part, string before = "")
    {
        var bytes = new List<byte>(Bytes + 64) { 0x80, 4 };
        bytes.AddRange(System.Text.Encoding.Latin1.GetBytes(before));
        var repeated = System.Text.Encoding.Latin1.GetBytes(part);
        while (bytes.Count < Bytes) bytes.AddRange(repeated);
        bytes.Add((byte)'.');
        return [.. bytes];
    }
}

/// <summary>Tests that look at the memory of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
