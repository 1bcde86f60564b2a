using System.Text;
using System.Text.Json;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using FsCheck.Xunit;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class SafeNameTests
{
    /// <summary>Names made for these tests; one at least for every rule.</summary>
    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "../up.safetensors", "_.._up.safetensors" },
        { @"..\up.safetensors", "_.._up.safetensors" },
        { "/etc/passwd", "_etc_passwd.unknown" },
        { @"C:\Windows\x.dll", "C__Windows_x.dll.unknown" },
        { @"\\server\share\x.pt", "__server_share_x.pt" },
        { "x.safetensors:stream", "x.safetensors_stream.unknown" },
        { "CON.safetensors", "_CON.safetensors" },
        { "aux", "_aux.unknown" },
        { "Lpt9.tar.gz", "_Lpt9.tar.gz" },
        { "com¹.bin", "_com¹.bin" },
        { "nul .pt", "_nul .pt" },
        { "dots.safetensors...", "dots.safetensors" },
        { "spaces.safetensors   ", "spaces.safetensors" },
        { "  lead.pt", "lead.pt" },
        { ".hidden.pt", "_.hidden.pt" },
        { "-rf.pt", "_-rf.pt" },
        { "nul\0byte.pt", "nul_byte.pt" },
        { "line\nend.pt", "line_end.pt" },
        { "esc\u001b[2J.pt", "esc_[2J.pt" },
        { "gpj.\u202Esrotnesefas.exe", "gpj.srotnesefas.exe.unknown" },
        { "zero\u200Bwidth\uFEFF.pt", "zerowidth.pt" },
        { "model.safetensors.exe", "model.safetensors.exe.unknown" },
        { "e\u0301.pt", "é.pt" },
        { "что? <это>|*.gguf", "что_ _это___.gguf" },
        { "模型🌸.safetensors", "模型🌸.safetensors" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_name_becomes_this_plain_one(string hostile, string expected) => Assert.Equal(expected, SafeName.File(hostile));

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("\u202E\u200B")]
    [InlineData(" . . ")]
    public void A_name_of_nothing_gets_one_of_its_own(string nothing)
    {
        var name = SafeName.File(nothing);

        Assert.StartsWith("file-", name);
        RequireSafeFile(name);
    }

    [Fact]
    public void Long_names_are_cut_keep_their_extension_and_stay_different()
    {
        var one = SafeName.File(new string('模', 300) + "1.safetensors");
        var two = SafeName.File(new string('模', 300) + "2.safetensors");

        Assert.EndsWith(".safetensors", one);
        Assert.NotEqual(one, two);
        RequireSafeFile(one);
    }

    [Fact]
    public void Every_name_of_the_shared_list_is_plain_stable_and_idempotent()
    {
        if (Repository.SharedFixtures is not { } fixtures) { Assert.Skip("The shared fixtures are not beside this checkout."); return; }
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(fixtures, "scan", "hostile-names.json")));
        var names = list.RootElement.GetProperty("names").EnumerateArray().Select(JsonText.Lenient).ToArray();

        Assert.Equal(80, names.Length);
        Assert.All(names, name =>
        {
            RequireSafeFile(SafeName.File(name));
            RequireSafeFolder(SafeName.Folder(name));
        });
    }

    [Property(MaxTest = 2000)]
    public void Any_text_becomes_a_plain_component(string? text)
    {
        RequireSafeFile(SafeName.File(text ?? ""));
        RequireSafeFolder(SafeName.Folder(text ?? ""));
    }

    [Property(MaxTest = 500)]
    public void Any_code_points_become_a_plain_component(int[] points)
    {
        var text = new StringBuilder();
        foreach (var point in points) text.Append(new Rune(Math.Abs(point % 0xD800)).ToString()).Append(new Rune(0xE000 + Math.Abs(point % 0x101FFF)).ToString());

        RequireSafeFile(SafeName.File(text.ToString()));
    }

    [Fact]
    public void Names_that_a_file_system_takes_for_one_fold_to_one_key()
    {
        Assert.Equal(SafeName.FoldKey("Straße/ÉTÉ.pt"), SafeName.FoldKey("straße/e\u0301te\u0301.PT"));
        Assert.NotEqual(SafeName.FoldKey("a.pt"), SafeName.FoldKey("b.pt"));
    }

    private static void RequireSafeFile(string name)
    {
        RequireSafe(name);
        Assert.Equal(name, SafeName.File(name)); // idempotent: a name that was made safe is not made another
    }

    private static void RequireSafeFolder(string name)
    {
        RequireSafe(name);
        Assert.Equal(name, SafeName.Folder(name));
    }

    private static void RequireSafe(string name)
    {
        Assert.NotEmpty(name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, SafeName.MostUnits + 9);
        Assert.DoesNotContain(name, c => "<>:\"/\\|?*".Contains(c));
        Assert.DoesNotContain(name.EnumerateRunes(), VisibleText.IsHidden);
        Assert.False(name[0] is '.' or ' ' or '-' || name[^1] is '.' or ' ', name);
        Assert.DoesNotMatch("(?i)^(con|prn|aux|nul|conin\\$|conout\\$|com[0-9¹²³]|lpt[0-9¹²³])( *\\.|$)", name);
        Assert.Equal(name, CanonicalForm.Compose(name));
    }
}
