using System.Diagnostics;
using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering;

public sealed class ReadableHtmlTests
{
    [Theory]
    [InlineData("<p>One</p><p></p><p>Two<br/>Three</p>", "One|Two|Three")]
    [InlineData("plain text\n over  two lines", "plain text over two lines")]
    [InlineData("<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>after", "• a|• b|  • c|after")]
    [InlineData("<ol><li>a</li><li>b</li></ol>", "1. a|2. b")]
    [InlineData("<p>See <a href=\"https://example.org/x?a=1&amp;b=2\">this page</a>.</p>", "See this page (https://example.org/x?a=1&b=2).")]
    [InlineData("<a href='https://example.org/x'>https://example.org/x</a>", "https://example.org/x")]
    [InlineData("<a href='https://evil.example/'>https://civitai.com/</a>", "https://civitai.com/ (https://evil.example/)")]
    [InlineData("<a href=\"javascript:alert(1)\">click</a>", "click")]
    [InlineData("Tom &amp; Jerry &lt;3 &#39;x&#39; &hearts; &nbsp;y &bogus;", "Tom & Jerry <3 'x' ♥ y &bogus;")]
    [InlineData("1 < 2 and <3 and a<b", "1 < 2 and <3 and a")]
    [InlineData("<p>a</p><script>alert('<p>never</p>')</script><style>p{}</style><p>b</p>", "a|b")]
    [InlineData("<p>a</p><iframe src=\"https://youtube.com/embed/x\">never</iframe><p>b</p>", "a|b")]
    [InlineData("a<!-- <p>never</p> -->b", "ab")]
    [InlineData("<h2 id=\"x-!!!->\">Head</h2>text", "Head|text")]
    [InlineData("<pre><code>one\ntwo</code></pre>", "one|two")]
    [InlineData("a<img alt=\"a picture\" src=\"x\">b", "a[a picture]b")]
    [InlineData("zero\u200Bwidth\uFEFF and \u202Ebidi\u202C, 👩‍👧 joined", "zerowidth and bidi, 👩‍👧 joined")]
    [InlineData("esc\u001b[31mred&#27;[0m", "esc[31mred[0m")]
    [InlineData("<p title=\"a > b\">x</p>", "x")]
    [InlineData("<p>unclosed <b", "unclosed")]
    [InlineData("<script>never ends", "")]
    [InlineData("<hr>", "———")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr></table>", "a b")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Descriptions_become_text(string? html, string expected) =>
        Assert.Equal(expected, string.Join('|', ReadableHtml.Read(html).Select(block => block.Lead + block.Text)));

    [Theory]
    [InlineData("<a \"")]
    [InlineData("<ul><li>")]
    [InlineData("</")]
    [InlineData("<script")]
    [InlineData("<!--")]
    [InlineData("&#x")]
    [InlineData("<a href=http://x>")]
    public void Broken_text_of_any_length_takes_no_longer_than_its_length(string piece)
    {
        var clock = Stopwatch.StartNew();

        ReadableHtml.Read(string.Concat(Enumerable.Repeat(piece, 60_000)));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20)); // quadratic would be hours
    }

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("風景の水彩画です", 8, "風景の水|彩画です")]
    [InlineData("see https://example.org/a/long/address/that/stays now", 10, "see|https://example.org/a/long/address/that/stays|now")]
    [InlineData("extraordinarily", 5, "extra|ordin|arily")]
    [InlineData("", 5, "")]
    public void Lines_fit_and_addresses_stay_whole(string text, int cells, string expected) => Assert.Equal(expected, string.Join('|', Wrapped.Lines(text, cells)));
}
