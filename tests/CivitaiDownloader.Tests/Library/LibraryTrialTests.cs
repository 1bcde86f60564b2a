using CivitaiDownloader.Library;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class LibraryTrialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_library_is_as_it_was_after_its_trial()
    {
        var staging = Directory.CreateDirectory(_folder["library/.civitai-dl/staging"]).FullName;
        File.WriteAllText(Path.Combine(staging, "f1.part"), "half a model");
        var before = Everything();

        var trial = LibraryTrial.Run(_folder["library"]);

        Assert.True(trial.IsThere);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public void A_library_without_a_staging_folder_has_none_after_its_trial()
    {
        Directory.CreateDirectory(_folder["library"]);

        LibraryTrial.Run(_folder["library"]);

        Assert.Equal(["library"], Everything());
    }

    [Fact]
    public void A_library_that_is_still_to_be_made_is_not_made_by_its_trial()
    {
        var trial = LibraryTrial.Run(_folder["some/where/library"]);

        Assert.False(trial.IsThere);
        Assert.Empty(Everything());
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("taken/library")]
    public void A_file_in_the_way_is_named(string root)
    {
        File.WriteAllText(_folder["taken"], "");

        var error = Assert.Throws<LibraryException>(() => LibraryTrial.Run(_folder[root]));

        Assert.Equal(LibraryFault.NotWritable, error.Fault);
        Assert.Contains(_folder["taken"], error.Message);
    }

    [Fact]
    public void Letters_case_counts_where_two_names_that_differ_in_it_are_two_files()
    {
        File.WriteAllText(_folder["a"], "");

        Assert.Equal(!File.Exists(_folder["A"]), LibraryTrial.Run(_folder.Path).IsCaseSensitive);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder.Path, path)).Order(StringComparer.Ordinal)];
}
