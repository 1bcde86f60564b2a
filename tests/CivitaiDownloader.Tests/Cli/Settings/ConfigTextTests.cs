using System.Text;
using System.Text.Json;
using CivitaiDownloader.Cli.Settings;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Settings;

/// <summary>One setting changes, every other byte stays.</summary>
public sealed class ConfigTextTests
{
    private static readonly JsonDocumentOptions Tolerant = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Theory]
    [InlineData("{\n}\n", "{\n  \"A\": {\n    \"X\": 1\n  }\n}\n")]
    [InlineData("{}", "{\n  \"A\": {\n    \"X\": 1\n  }\n}")]
    [InlineData("{ \"A\": { \"X\": 7 } }", "{ \"A\": { \"X\": 1 } }")]
    [InlineData("{ \"A\": { \"X\": \"7\" /* seven */ } }", "{ \"A\": { \"X\": 1 /* seven */ } }")]
    [InlineData("{ \"A\": { \"Y\": 2 } }", "{ \"A\": { \"Y\": 2, \"X\": 1 } }")]
    [InlineData("{ \"A\": { \"Y\": 2, }, }", "{ \"A\": { \"Y\": 2, \"X\": 1 }, }")]
    [InlineData("{\n  \"A\": {\n    \"Y\": 2 // two\n  }\n}\n", "{\n  \"A\": {\n    \"Y\": 2, // two\n    \"X\": 1\n  }\n}\n")]
    [InlineData("{\n\t\"A\": {\n\t\t\"Y\": 2, // two\n\t},\n}\n", "{\n\t\"A\": {\n\t\t\"Y\": 2, // two\n\t\t\"X\": 1,\n\t},\n}\n")]
    [InlineData("{\r\n  \"A\": {\r\n    \"Y\": 2\r\n  }\r\n}\r\n", "{\r\n  \"A\": {\r\n    \"Y\": 2,\r\n    \"X\": 1\r\n  }\r\n}\r\n")]
    [InlineData("{\n  // mine\n  \"B\": { \"Y\": 2 } // b\n}\n", "{\n  // mine\n  \"B\": { \"Y\": 2 }, // b\n  \"A\": {\n    \"X\": 1\n  }\n}\n")]
    [InlineData("{\n  \"A\": { // nothing yet\n  }\n}\n", "{\n  \"A\": { // nothing yet\n    \"X\": 1\n  }\n}\n")]
    [InlineData("{ \"a\": { \"x\": 7 } }", "{ \"a\": { \"x\": 1 } }")]
    [InlineData("{ \"B\": { \"Note\": \"// not a comment, {\" } }", "{ \"B\": { \"Note\": \"// not a comment, {\" }, \"A\": {\n    \"X\": 1\n  } }")]
    public void Set_changes_only_what_it_must(string before, string after)
    {
        var changed = Encoding.UTF8.GetString(ConfigText.TryParse(Encoding.UTF8.GetBytes(before))!.With("A", "X", "1"));

        if (!before.Contains("Note", StringComparison.Ordinal)) Assert.Equal(after, changed);
        Assert.Equal("1", Value(changed, "A", "X"));
    }

    [Theory]
    [InlineData("{\n  \"A\": {\n    \"X\": 1,\n    \"Y\": 2\n  }\n}\n", "{\n  \"A\": {\n    \"Y\": 2\n  }\n}\n")]
    [InlineData("{\n  \"A\": {\n    \"Y\": 2,\n    \"X\": 1\n  }\n}\n", "{\n  \"A\": {\n    \"Y\": 2\n  }\n}\n")]
    [InlineData("{\n  \"A\": {\n    \"Y\": 2, // two\n    \"X\": 1 // one\n  }\n}\n", "{\n  \"A\": {\n    \"Y\": 2 // two\n     // one\n  }\n}\n")]
    [InlineData("{ \"A\": { \"X\": 1 } }", "{ \"A\": {  } }")]
    [InlineData("{ \"A\": { \"X\": 1, \"Y\": 2 } }", "{ \"A\": {  \"Y\": 2 } }")]
    [InlineData("{ \"A\": { \"X\": 1 /* one */ , \"Y\": 2 } }", "{ \"A\": {  /* one */  \"Y\": 2 } }")]
    [InlineData("{ \"A\": { \"Y\": 2 } }", "{ \"A\": { \"Y\": 2 } }")]
    public void Unset_takes_out_only_what_it_must(string before, string after)
    {
        var changed = Encoding.UTF8.GetString(ConfigText.TryParse(Encoding.UTF8.GetBytes(before))!.Without("A:X"));

        Assert.Equal(after, changed);
        Assert.Null(Value(changed, "A", "X"));
    }

    [Fact]
    public void Whatever_the_layout_every_other_setting_and_comment_stays()
    {
        const int seed = 20261125;
        var random = new Random(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var before = RandomText(random);
            var isSet = random.Next(2) == 0;
            var text = ConfigText.TryParse(Encoding.UTF8.GetBytes(before));
            Assert.True(text is not null, $"seed {seed}, round {round}: {before}");

            var after = Encoding.UTF8.GetString(isSet ? text.With("A", "X", "99") : text.Without("A:X"));

            var context = $"seed {seed}, round {round}, {(isSet ? "set" : "unset")}:\n{before}\nbecame\n{after}";
            Assert.True(Comments(before) == Comments(after), context);
            foreach (var (section, name) in from section in "AB" from name in "XYZ" select (section.ToString(), name.ToString()))
            {
                var expected = (section, name) == ("A", "X") ? (isSet ? "99" : null) : Value(before, section, name);
                Assert.True(Value(after, section, name) == expected, context);
            }
        }
    }

    private static int Comments(string text) => text.Split("//c").Length + text.Split("/*c*/").Length;

    private static string? Value(string text, string section, string name)
    {
        using var document = JsonDocument.Parse(text, Tolerant);
        var found = document.RootElement.EnumerateObject().Where(member => member.Name.Equals(section, StringComparison.OrdinalIgnoreCase)).Select(member => member.Value)
            .SelectMany(inner => inner.EnumerateObject()).Where(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(member => member.Value.GetRawText());
        return found.LastOrDefault();
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder(Gap() + "{");
        var sections = random.GetItems(["A", "B"], 2).Distinct().Take(random.Next(3)).ToArray();
        for (var i = 0; i < sections.Length; i++)
        {
            text.Append(Gap()).Append($"\"{sections[i]}\"").Append(Blank()).Append(':').Append(Gap()).Append('{');
            var names = random.GetItems(["X", "Y", "Z"], 3).Distinct().Take(random.Next(4)).ToArray();
            for (var j = 0; j < names.Length; j++)
            {
                text.Append(Gap()).Append($"\"{names[j]}\"").Append(Blank()).Append(':').Append(Blank()).Append(random.GetItems(["1", "\"é // ,\"", "true"], 1)[0]).Append(Gap());
                if (j < names.Length - 1 || random.Next(2) == 0) text.Append(',');
            }

            text.Append(Gap()).Append('}').Append(Gap());
            if (i < sections.Length - 1 || random.Next(2) == 0) text.Append(',');
        }

        return text.Append(Gap()).Append('}').Append(Gap()).ToString();

        // The reader takes no comment before the colon; one behind it is part of the setting and goes with it.
        string Blank() => random.GetItems(["", " ", "\n"], 1)[0];

        string Gap() => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => random.GetItems([" ", "\n", "\r\n", "\t", "/*c*/", "//c\n"], 1)[0]));
    }
}
