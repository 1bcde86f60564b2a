using System.Text;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Sources;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

public sealed class TargetListTests
{
    private static readonly TargetList List = new(new TargetParser(new Uri("https://civitai.com")));

    [Fact]
    public async Task One_target_a_line_with_comments_and_blank_lines()
    {
        var read = await ReadAsync("\uFEFF# mine\n4201\r\n\n  4202@42020   # Northern Light\nhttps://civitai.com/models/4203?token=SECRET#reviews\n");

        Assert.Equal([("4201", 2L), ("4202@42020", 4L), ("https://civitai.com/models/4203#reviews", 5L)], read.Select(target => (target.Text, target.Line)));
    }

    [Fact]
    public async Task Every_line_that_is_no_target_is_named_at_once()
    {
        var refused = await Assert.ThrowsAsync<FormatException>(() => ReadAsync("4201\nnonsense\n4202\n-7\n"));

        Assert.StartsWith("line 2: 'nonsense' is not a target", refused.Message);
        Assert.Contains("; line 4: '-7'", refused.Message);
    }

    [Theory]
    [InlineData("""{"items":[{"id":1,"name":"a","modelVersions":[{"id":9,"modelId":1,"files":[{"id":8}]}],"inLibrary":false},{"name":"b","id":2}],"complete":true}""", "model:1 model:2")]
    [InlineData("{\"id\":1,\"modelVersions\":[]}\n{\"id\":2}\n", "model:1 model:2")]
    [InlineData("[{\"id\":1},{\"id\":2}]", "model:1 model:2")]
    [InlineData("[4201, \"4202@42020\"]", "4201 4202@42020")]
    [InlineData("""{"id":1,"modelVersions":[{"id":9}],"civitaiDl":{"namedVersionId":9,"namedFileId":null,"versionId":9}}""", "1@9")]
    [InlineData("""{"id":1,"modelVersions":[{"id":9}],"civitaiDl":{"namedVersionId":null,"versionId":9}}""", "model:1")]
    [InlineData("""{"id":1,"civitaiDl":{"namedVersionId":9,"namedFileId":7}}""", "1@9+7")]
    [InlineData("""{"id":9,"modelId":1,"files":[{"id":7,"name":"x"}]}""", "1@9")] // NAME.civitai.info
    [InlineData("""{"files":[{"target":"x","modelId":1,"versionId":9,"fileId":7},{"target":"4203","modelId":null,"versionId":null,"fileId":null}]}""", "1@9+7 4203")]
    [InlineData("""[{"modelVersionId":9,"modelId":1,"hash":"AB"}]""", "1@9")]
    [InlineData("""{"items":[],"complete":true}""", "")]
    public async Task What_the_program_prints_is_read_back(string json, string expected)
    {
        var read = await ReadAsync(json);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), read.Select(target => target.Text));
    }

    [Theory]
    [InlineData("4201\tInk Wash # 1\n4202\t\n", "model:4201@1 model:4202@2")]
    [InlineData("# found\n4201\t1\t2\n4202@42020\n", "model:4201@2 4202@42020@3")]
    [InlineData("id,name,type\r\n4201,\"a, \"\"b\"\"\",LORA\r\n4202,'=c,x\r\n", "model:4201@2 model:4202@3")]
    [InlineData("\uFEFFName,\"ID\"\n\"two\nlines, and a \"\"quote\"\"\",4201\nx,4202", "model:4201@2 model:4202@4")]
    [InlineData("id,version\n4201,42010\n4202,\n,42030\n\n", "4201@42010@2 model:4202@3 version:42030@4")]
    [InlineData("url\nhttps://civitai.com/models/4201?token=SECRET\n", "https://civitai.com/models/4201@2")]
    [InlineData("id,name\r\n", "")]
    [InlineData("", "")]
    [InlineData("# nothing\n\n", "")]
    public async Task What_a_search_prints_as_lines_or_a_table_is_read_back(string text, string expected)
    {
        var read = await ReadAsync(text);

        Assert.Equal(expected, string.Join(' ', read.Select(target => $"{target.Text}@{target.Line}")));
    }

    [Theory]
    [InlineData("id,name\n4201,\"open\n4202,x\n", "line 2: a quoted cell does not end")]
    [InlineData("name,type\nInk,LORA\n", "line 1: this table has no column id, version or url")]
    [InlineData("id,name\n4201,a\nx,b\n,c\n", "line 3: 'model:x' is not a target")]
    [InlineData("id,name\n,c\n", "line 2: this row names no model")]
    public async Task A_mistake_in_a_table_is_named_with_its_line(string text, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(text))).Message);

    [Theory]
    [InlineData("{\"id\":1}\n{\"id\":2}\n{\"name\":\"none\"}\n", "line 3: this object has no id")]
    [InlineData("{\"id\":1}\n{\"id\" 2}\n", "line 2: this is not JSON")]
    [InlineData("{\"items\":[{\"id\":1},\n", "line 2: the JSON ends in the middle")]
    [InlineData("{\"id\":-1}", "line 1: this object has no id")]
    [InlineData("[\"nonsense\"]", "line 1: 'nonsense' is not a target")]
    public async Task A_mistake_in_JSON_is_named_with_its_line(string json, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<FormatException>(() => ReadAsync(json))).Message);

    [Fact]
    public async Task A_document_that_comes_in_small_pieces_is_read_as_it_comes()
    {
        var text = new StringBuilder("{\n\"items\":[");
        for (var id = 1; id <= 3_000; id++) text.Append(id == 1 ? "" : ",\n").Append($$"""{"id":{{id}},"name":"桜 \"{{id}}\"","description":"{{new string('x', id)}}","modelVersions":[{"id":{{id + 9}},"modelId":{{id}}}]}""");
        text.Append("]}");

        var read = await List.ReadAsync(new Trickle(Encoding.UTF8.GetBytes(text.ToString())), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 3_000).Select(id => $"model:{id}"), read.Select(target => target.Text));
        Assert.Equal(3_001, read[^1].Line);
    }

    [Fact]
    public async Task A_binary_file_is_no_list() => Assert.Contains("no list of targets", (await Assert.ThrowsAsync<FormatException>(() => ReadAsync("GGUF\0\0\0\u0003"))).Message);

    private static Task<IReadOnlyList<ListedTarget>> ReadAsync(string text) => List.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);

    /// <summary>Gives some bytes at a time, as a pipe does.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(997, buffer.Length)], cancellationToken);
    }
}
