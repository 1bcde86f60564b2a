using System.Text;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Sources;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

/// <summary>Lists of which a few lines are no target.</summary>
public sealed class TolerantListTests
{
    private static readonly TargetList List = new(new TargetParser(new Uri("https://civitai.com")));

    [Theory]
    [InlineData("4201\nnonsense\n4202\n4203\n", "4201 4202 4203", "2")]
    [InlineData("id,name\n4201,a\nx,b\n4202,c\n,d\n4203,e\n", "model:4201 model:4202 model:4203", "3 5")]
    [InlineData("[{\"id\":1},\n{\"name\":\"x\"},\n{\"id\":2}]", "model:1 model:2", "2")]
    [InlineData("{\"id\":1}\n{\"id\":2,\n{\"id\":3}\n{\"id\":4}\n", "model:1 model:3 model:4", "2")]
    [InlineData("{\"id\":1}\n{\"id\":2,\"a\":[\n{\"id\":3}\n{\"id\":4}\n", "model:1 model:4", "2")] // nobody can tell that the third was no part of the second
    [InlineData("{\"id\":1}\ngarbage\n{\"id\":3}\n", "model:1 model:3", "2")]
    [InlineData("{\"id\":1}\n\n  \n{\"id\": x}\n{\"id\":3}\n", "model:1 model:3", "4")]
    [InlineData("{\"id\":1}\n{\"id\":2,\"name\":\"open\n{\"id\":3}\n{\"id\":4}", "model:1 model:3 model:4", "2")]
    [InlineData("{\"id\":1}\r\n]]]\r\n{\"id\":3}", "model:1 model:3", "2")]
    [InlineData("{\"id\":1}\n4201\n\"nonsense\"\n{\"id\":3}", "model:1 4201 model:3", "3")]
    public async Task The_rest_is_used_and_each_mistake_has_its_line(string text, string targets, string lines)
    {
        var read = await ReadAsync(text, piece: 7);

        Assert.Equal(targets, string.Join(' ', read.Targets.Select(target => target.Text)));
        Assert.Equal(lines, string.Join(' ', read.Mistakes.Select(mistake => mistake.Line)));
    }

    [Theory]
    [InlineData("4201\na b\nc d\n", "line 2: 'a b' is not a target")]
    [InlineData("{\"id\":1,\n\"x\":[1,2\n", "the JSON ends in the middle")]
    [InlineData("{\n\"id\":1}\n{\n\"id\":2,\n{\"id\":3}}", "line 5: this is not JSON")] // where documents have several lines, a part of one must not pass for another
    [InlineData("{\"items\":[{\"id\":1},\n{\"id\":2}\n{\"id\":3}]}", "line 3: this is not JSON")]
    [InlineData("id,name\n4201,\"open\n", "line 2: a quoted cell does not end")]
    public async Task What_is_no_list_or_breaks_off_is_not_used_at_all(string text, string words)
    {
        var refused = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(text, piece: 5));

        Assert.Equal(SourceFault.NotAList, refused.Fault);
        Assert.Contains(words, refused.Message);
    }

    [Fact]
    public async Task A_hopeless_file_is_left_long_before_its_end()
    {
        await using var endless = new EndlessLines();

        var refused = await Assert.ThrowsAsync<SourceException>(() => List.ReadTolerantlyAsync(endless, "It", TestContext.Current.CancellationToken));

        Assert.Equal(SourceFault.NotAList, refused.Fault);
    }

    private static Task<ListRead> ReadAsync(string text, int piece) =>
        List.ReadTolerantlyAsync(new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece), "It", TestContext.Current.CancellationToken);

    /// <summary>Gives a few bytes at a time, as a slow pipe does.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }

    private sealed class EndlessLines : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (var at = 0; at < buffer.Length; at++) buffer.Span[at] = at % 10 == 9 ? (byte)'\n' : (byte)'x';
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
