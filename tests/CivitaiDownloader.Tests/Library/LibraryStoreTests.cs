using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class LibraryStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly LibraryStore _library;

    public LibraryStoreTests()
    {
        _database = Database.Open(_folder["library.db"], [LibrarySchema.Part]);
        _library = new(new() { Root = _folder["models"], Template = "{type}/{fileName}" }, _database, TimeProvider.System);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_placed_file_has_its_name_and_is_found_by_its_hash()
    {
        var placed = Assert.IsType<PlaceResult.Placed>(Place("good.safetensors", "content"));

        Assert.Equal("content", File.ReadAllText(Path.Combine(_library.Root, "LORA", "good.safetensors")));
        Assert.Equal(placed.File.Path, Assert.Single(_library.Find(placed.File.Sha256)).Path);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_library.Root, ".civitai-dl"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_same_content_is_placed_once()
    {
        Place("same.pt", "content");

        Assert.IsType<PlaceResult.AlreadyPresent>(Place("same.pt", "content"));
        Assert.Equal(["same.pt"], PlacedNames());
    }

    [Fact]
    public void Another_content_gets_a_stable_suffix_and_nothing_is_overwritten()
    {
        Place("same.pt", "first");
        var second = Place("same.pt", "second");
        Place("same.pt", "second");

        Assert.Equal($"same-{Hash("second").Hex[..8]}.pt", Path.GetFileName(second.File.Path));
        Assert.Equal("first", File.ReadAllText(Path.Combine(_library.Root, "LORA", "same.pt")));
        Assert.Equal(2, PlacedNames().Length);
    }

    [Fact]
    public void Names_that_differ_in_case_only_do_not_share_a_place()
    {
        Place("Model.pt", "first");
        var second = Place("MODEL.pt", "second");

        Assert.Equal($"MODEL-{Hash("second").Hex[..8]}.pt", Path.GetFileName(second.File.Path));
    }

    [Fact]
    public void A_file_put_there_by_hand_is_never_overwritten_and_is_adopted_when_equal()
    {
        var plan = _library.Plan(Facts("mine.pt"), null);
        Directory.CreateDirectory(Path.GetDirectoryName(plan.Path)!);
        File.WriteAllText(plan.Path, "mine");

        var adopted = _library.Adopt(plan, Hash("mine"), new(1, 2, 3));
        var other = Place("mine.pt", "theirs");

        Assert.Equal(plan.Path, adopted?.Path);
        Assert.Equal("mine", File.ReadAllText(plan.Path));
        Assert.NotEqual(plan.Path, other.File.Path);
    }

    [Fact]
    public void A_file_that_was_deleted_is_not_in_the_library_any_more()
    {
        var placed = Place("gone.pt", "content").File;
        File.Delete(placed.Path);

        Assert.Empty(_library.Find(placed.Sha256));
        Assert.IsType<PlaceResult.Placed>(Place("gone.pt", "content"));
    }

    [Theory]
    [InlineData("appended")]
    [InlineData("replaced")]
    public void A_staged_file_changed_after_its_check_is_refused(string how)
    {
        var (plan, staged, content) = Stage("swap.pt", "content");
        using (content.Handle)
        {
            if (how == "replaced") File.Delete(staged);
            using (var other = new FileStream(staged, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) other.Write("evil"u8);
            File.SetLastWriteTimeUtc(staged, DateTime.UtcNow.AddSeconds(5));

            var error = Assert.Throws<LibraryException>(() => _library.Place(Request(plan, staged, content)));

            Assert.Equal(LibraryFault.StagedFileChanged, error.Fault);
            Assert.Empty(PlacedNames());
            Assert.Empty(_library.Find(content.Sha256));
        }
    }

    [Fact]
    public void A_link_that_leads_out_of_the_library_is_not_followed()
    {
        Directory.CreateDirectory(_folder["outside"]);
        Directory.CreateDirectory(_library.Root);
        Directory.CreateSymbolicLink(Path.Combine(_library.Root, "LORA"), _folder["outside"]);

        var error = Assert.Throws<LibraryException>(() => LibraryStore.StagingPath(_library.Plan(Facts("x.pt"), null), "key"));

        Assert.Equal(LibraryFault.LinkLeavesLibrary, error.Fault);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["outside"]));
    }

    [Fact]
    public void A_link_that_stays_inside_is_followed_and_so_is_one_on_the_way_to_the_root()
    {
        Directory.CreateDirectory(Path.Combine(_library.Root, "real"));
        Directory.CreateSymbolicLink(Path.Combine(_library.Root, "LORA"), Path.Combine(_library.Root, "real"));
        Directory.CreateSymbolicLink(_folder["alias"], _library.Root);
        var throughAlias = new LibraryStore(new() { Root = _folder["alias"], Template = "{type}/{fileName}" }, _database, TimeProvider.System);

        Place("inside.pt", "one");
        Place("alias.pt", "two", throughAlias);

        Assert.Equal(["alias.pt", "inside.pt"], Directory.EnumerateFiles(Path.Combine(_library.Root, "real")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_crash_after_the_rename_leaves_a_file_that_counts()
    {
        var file = Place("crash.pt", "content").File;
        Sql("UPDATE library_file SET state = 'placing'"); // as it is between the rename and the last row

        Assert.Equal(file.Path, Assert.Single(_library.Find(file.Sha256)).Path);
    }

    [Fact]
    public void A_crash_before_the_rename_leaves_the_name_free()
    {
        var file = Place("crash.pt", "content").File;
        Sql("UPDATE library_file SET state = 'placing'");
        File.Delete(file.Path);

        Assert.Empty(_library.Find(file.Sha256));
        Assert.Equal(file.Path, Assert.IsType<PlaceResult.Placed>(Place("crash.pt", "content")).File.Path);
    }

    [Fact]
    public async Task Many_at_once_with_one_name_all_find_a_place()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Place("busy.pt", "content " + (i % 8)))));

        Assert.Equal(8, results.Select(result => result.File.Path).Distinct().Count());
        Assert.All(results, result => Assert.Equal(result.File.Sha256, Hash(File.ReadAllText(result.File.Path))));
        Assert.All(results, result => Assert.Equal(result.File.Path, Assert.Single(_library.Find(result.File.Sha256)).Path));
        Assert.Equal(8, PlacedNames().Length);
    }

    [Theory]
    [InlineData("a'; DROP TABLE library_file;--.pt")]
    [InlineData("100%_of\"it.pt")]
    public void A_name_is_never_SQL(string name)
    {
        var placed = Place(name, name).File;

        Assert.Equal(placed.Path, Assert.Single(_library.Find(placed.Sha256)).Path);
        Assert.IsType<PlaceResult.AlreadyPresent>(Place(name, name));
    }

    [Fact]
    public void Sidecars_lie_beside_and_replace_nothing()
    {
        var file = Place("model.v2.safetensors", "content").File;

        Assert.True(LibraryStore.WriteBeside(file, ".civitai.info", "{}"u8));
        Assert.False(LibraryStore.WriteBeside(file, ".civitai.info", "other"u8));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(_library.Root, "LORA", "model.v2.civitai.info")));
    }

    [Fact]
    public void An_output_may_be_a_folder_or_a_name_and_leaves_no_staging_behind()
    {
        Directory.CreateDirectory(_folder["there"]);

        Assert.Equal(Path.Combine(_folder["there"], "x.pt"), _library.Plan(Facts("x.pt"), _folder["there"]).Path);
        Assert.Equal(Path.Combine(_folder["new"], "x.pt"), _library.Plan(Facts("x.pt"), _folder["new"] + "/").Path);
        var plan = _library.Plan(Facts("x.pt"), _folder["there/name.pt"]);
        Assert.Equal(_folder["there/name.pt"], plan.Path);

        var (_, staged, content) = Stage(plan, "content");
        using (content.Handle) _library.Place(Request(plan, staged, content));
        _library.Tidy(plan, "key");
        Assert.Equal(["name.pt"], Directory.EnumerateFileSystemEntries(_folder["there"]).Select(Path.GetFileName));
    }

    [Fact]
    public void All_names_of_the_shared_list_end_inside_and_apart()
    {
        if (Repository.SharedFixtures is not { } fixtures) { Assert.Skip("The shared fixtures are not beside this checkout."); return; }
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(fixtures, "scan", "hostile-names.json")));
        var names = list.RootElement.GetProperty("names").EnumerateArray().Select(JsonText.Lenient).ToArray();

        var paths = names.Select((name, i) => Place(name, $"content {i}").File.Path).ToArray();
        var again = names.Select((name, i) => Place(name, $"content {i}").File.Path).ToArray();

        Assert.Equal(paths, again);
        Assert.Equal(names.Length, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(paths, path => Assert.Equal(Path.Combine(_library.Root, "LORA"), Path.GetDirectoryName(Path.GetFullPath(path))));
        Assert.Equal(names.Length, PlacedNames().Length);
        Assert.Equal(_folder.Path, Path.GetDirectoryName(_library.Root)); // and nothing beside the library but its database
        Assert.All(Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName), name => Assert.Matches("^(models|library\\.db.*)$", name));
    }

    private PlaceResult Place(string name, string text, LibraryStore? library = null)
    {
        var (plan, staged, content) = Stage((library ?? _library).Plan(Facts(name), null), text);
        using (content.Handle) return (library ?? _library).Place(Request(plan, staged, content));
    }

    private (PlacementPlan Plan, string Staged, CheckedContent Content) Stage(string name, string text) => Stage(_library.Plan(Facts(name), null), text);

    private static (PlacementPlan Plan, string Staged, CheckedContent Content) Stage(PlacementPlan plan, string text)
    {
        var staged = LibraryStore.StagingPath(plan, "test-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(staged, text);
        var handle = File.OpenHandle(staged, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return (plan, staged, new(handle, RandomAccess.GetLength(handle), Hash(text), File.GetLastWriteTimeUtc(handle)));
    }

    private static PlaceRequest Request(PlacementPlan plan, string staged, CheckedContent content) =>
        new(plan, staged) { Content = content, Origin = new(1, 2, 3), IsVerified = true, Verdict = "unknown" };

    private static PlacementFacts Facts(string name) => new()
    {
        Type = "LORA", ModelName = "model", VersionName = "v1", FileName = name, ModelId = 1, VersionId = 2, FileId = 3,
    };

    private static ContentHash Hash(string text) => ContentHash.Sha256(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string[] PlacedNames() => [.. Directory.EnumerateFiles(_library.Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.EndsWith(".part", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)!)];

    private void Sql(string text) => _database.Run(connection =>
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    });
}
