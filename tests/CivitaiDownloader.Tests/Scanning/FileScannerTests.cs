using System.Diagnostics;
using System.Text;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Tests.Scanning.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

public sealed class FileScannerTests
{
    private const int SmallStack = 256 << 10; // a thread of the pool has six times as much
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    [Fact]
    public void One_scanner_serves_many_threads()
    {
        var samples = KnownSamples.All.ToArray();
        var scanner = new FileScanner();
        var alone = samples.Select(sample => Told(scanner, sample)).ToArray();

        var together = new string[samples.Length * 3];
        Parallel.For(0, together.Length, new() { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, index => together[index] = Told(scanner, samples[index % samples.Length]));

        Assert.All(together, (told, index) => Assert.Equal(alone[index % alone.Length], told));
    }

    [Fact]
    public void A_small_stack_is_enough_for_whatever_is_nested()
    {
        var samples = KnownSamples.All.Select(sample => (sample.Name, sample.Bytes)).Concat(Deep()).ToArray();
        var scanned = 0;
        var thread = new Thread(() =>
        {
            foreach (var (name, bytes) in samples)
            {
                new FileScanner().Scan(new MemorySource(bytes), name, TestContext.Current.CancellationToken);
                scanned++;
            }
        }, SmallStack);

        thread.Start();
        thread.Join();

        Assert.Equal(samples.Length, scanned);
    }

    [Theory]
    [InlineData("a.pkl", "\u0080\u0002", "N0")]
    [InlineData("a.pkl", "\u0080\u0002", "(")]
    [InlineData("a.pkl", "\u0080\u0002", "}q\u0001")]
    [InlineData("a.txt", "", "some words and import os\n")]
    [InlineData("a.txt", "", "\n")]
    [InlineData("a.json", "[", "{\"a\":1},")]
    [InlineData("a.json", "[", " ")]
    [InlineData("a.json", "\"", "words ")]
    [InlineData("a.yaml", "", "a: !!int 1\n")]
    [InlineData("a.html", "<html>", "<p>words</p>")]
    [InlineData("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<g/>")]
    [InlineData("a.bin", "", "\0")]
    [InlineData("a.bin", "\u00ff\u00fe\u00fd", "\u00f1")]
    [InlineData("a.mp3", "", "\u00ff\u00fb\u0010\u00c4")]
    [InlineData("a.gif", "GIF89a\u0001\0\u0001\0\0\0\0", "\u0021\u00fe\0")]
    [InlineData("a.png", "\u0089PNG\r\n\u001a\n", "\0\0\0\0tEXt\0\0\0\0")]
    [InlineData("a.webm", "\u001a\u0045\u00df\u00a3\u0080", "\u00ec\u0080")]
    [InlineData("a.mp4", "\0\0\0\u0008ftyp", "\0\0\0\u0008free")]
    [InlineData("a.jpg", "\u00ff\u00d8", "\u00ff\u00fe\0\u0002")]
    [InlineData("a.pdf", "%PDF-1.7\n", "1 0 obj <</A/B>> endobj\n")]
    [InlineData("a.zst", "\u0028\u00b5\u002f\u00fd\0\0\u0001\0\0", "\u0050\u002a\u004d\u0018\0\0\0\0")]
    [InlineData("a.tar", "", "pattern that is no header ")]
    [InlineData("a.onnx", "\u0008\u0008", "\u0012\u0000")]
    [InlineData("a.gguf", "GGUF\u0003\0\0\0\0\0\0\0\0\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\0\0\0", "\u0001\0\0\0\0\0\0\0a\0\0\0\0\0")]
    public async Task A_file_without_end_is_left_soon_after_cancelling(string name, string beginning, string repeated)
    {
        using var source = new EndlessSource(Encoding.Latin1.GetBytes(beginning), Encoding.Latin1.GetBytes(repeated));
        using var cancelling = new CancellationTokenSource();
        var scan = Task.Factory.StartNew(() => new FileScanner().Scan(source, name, cancelling.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.WhenAny(scan, source.IsUnderWay).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var since = Stopwatch.StartNew();
        await cancelling.CancelAsync();
        var ended = scan.WaitAsync(10 * Soon, TestContext.Current.CancellationToken);
        if (await Record.ExceptionAsync(() => ended) is { } exception) Assert.IsAssignableFrom<OperationCanceledException>(exception);

        Assert.True(since.Elapsed < Soon, $"it went on for {since.Elapsed}");
    }

    private static string Told(FileScanner scanner, Sample sample)
    {
        var report = scanner.Scan(new MemorySource(sample.Bytes), sample.Name, TestContext.Current.CancellationToken);
        return string.Join('\n', [$"{sample.Name} {report.Verdict} {report.Content}", .. report.Findings.Select(finding => finding.ToString())]);
    }

    private static IEnumerable<(string, byte[])> Deep()
    {
        const int Levels = 100_000;
        foreach (var (name, open, close) in new[] { ("a.json", "[", "]"), ("b.json", "{\"a\":", "}"), ("a.yaml", "[", "]"), ("b.yaml", "- ", ""), ("a.svg", "<g>", "</g>"), ("a.html", "<div>", "</div>"), ("a.pkl", "(", "t"), ("b.pkl", "]", "a"), ("a.txt", "(", ")"), ("a.pdf", "<<", ">>") })
            yield return (name, Encoding.ASCII.GetBytes((name.EndsWith("svg", StringComparison.Ordinal) ? "<svg>" : name.EndsWith("pdf", StringComparison.Ordinal) ? "%PDF-1.4\n" : "") + string.Concat(Enumerable.Repeat(open, Levels)) + string.Concat(Enumerable.Repeat(close, Levels))));
        var literal = "{'descr': " + new string('(', 30_000) + new string(')', 30_000) + ", 'fortran_order': False, 'shape': (1,)}\n";
        yield return ("a.npy", [0x93, .. "NUMPY"u8, 2, 0, .. BitConverter.GetBytes(literal.Length), .. Encoding.ASCII.GetBytes(literal)]);
        yield return ("a.safetensors", Header(new string('[', 50_000)));
        yield return ("a.onnx", Protobuf(7, 5_000));
        yield return ("saved_model.pb", Protobuf(2, 5_000));
        var zip = "words"u8.ToArray();
        for (var level = 0; level < 12; level++) zip = ZipBytes.Of(($"{level}.zip", zip));
        yield return ("a.zip", zip);
    }

    private static byte[] Header(string json) => [.. BitConverter.GetBytes((long)json.Length + 1), (byte)'{', .. Encoding.ASCII.GetBytes(json)];

    // A message in a message in a message, all under one number.
    private static byte[] Protobuf(int number, int levels)
    {
        var bytes = new List<byte>();
        for (var level = 0; level < levels; level++)
        {
            var length = bytes.Count;
            var header = new List<byte> { (byte)((number << 3) | 2) };
            for (; length >= 0x80; length >>= 7) header.Add((byte)(length | 0x80));
            header.Add((byte)length);
            bytes.InsertRange(0, header);
        }

        return [0x08, 0x08, .. bytes];
    }

    private sealed class EndlessSource(byte[] beginning, byte[] repeated) : ScanSource
    {
        private readonly byte[] _run = [.. Enumerable.Repeat(repeated, (64 << 10) / repeated.Length + 1).SelectMany(bytes => bytes)];

        private const int UnderWayAt = 8 << 20; // more than any reader takes to find out what it is

        private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _bytesRead;

        public override long Length => 1L << 44;

        /// <summary>Ends when a reader is in the middle of it.</summary>
        public Task IsUnderWay => _underWay.Task;

        public override int Read(long offset, Span<byte> destination)
        {
            if ((_bytesRead += destination.Length) > UnderWayAt) _underWay.TrySetResult();
            var read = 0;
            for (; read < destination.Length && offset + read < beginning.Length; read++) destination[read] = beginning[offset + read];
            while (read < destination.Length)
            {
                var from = _run.AsSpan((int)((offset + read - beginning.Length) % repeated.Length));
                var count = Math.Min(from.Length, destination.Length - read);
                from[..count].CopyTo(destination[read..]);
                read += count;
            }

            return (int)Math.Min(read, Math.Max(0, Length - offset));
        }
    }
}
