using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>What the documents say of jobs is what the code does.</summary>
public sealed class JobDocumentsTests
{
    [Fact]
    public void The_lifecycle_in_the_documents_is_that_of_the_code()
    {
        var documented = Rows("docs/jobs.md", "## The lifecycle of a job").Select(row => $"{row[0]} {row[1]} {row[2]}");

        Assert.Equal(JobLifecycle.All.Select(one => $"{one.From} {one.Action} {one.To}".ToLowerInvariant()), documented);
    }

    [Fact]
    public void The_statuses_of_items_in_the_documents_are_those_of_the_code()
    {
        var documented = Rows("docs/jobs.md", "## The status of an item").Select(row => $"{row[0]} {row[1]} {row[3]}".TrimEnd());

        Assert.Equal(Enum.GetValues<ItemStatus>().Select(status => $"{char.ToLowerInvariant(status.ToString()[0])}{status.ToString()[1..]} {(int)status} {(status.IsOver ? "yes" : "")}".TrimEnd()), documented);
    }

    [Theory]
    [InlineData("job", "## `job` ")]
    [InlineData("job_count", "## `job_count`")]
    [InlineData("job_item", "## `job_item`")]
    [InlineData("job_runner", "## `job_runner`")]
    public void Every_column_is_documented(string table, string heading)
    {
        var documented = Rows("docs/formats/database.md", heading).SelectMany(row => row[0].Split(',', StringSplitOptions.TrimEntries)).Select(name => name.Trim('`'));

        Assert.Equal(Columns(table).Order(), documented.Order());
    }

    private static List<string> Columns(string table)
    {
        using var folder = new TemporaryFolder();
        using var database = Database.Open(folder["jobs.db"], [JobsSchema.Part]);
        return database.Run(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT name FROM pragma_table_xinfo($table)";
            query.Parameters.AddWithValue("$table", table);
            using var row = query.ExecuteReader();
            var names = new List<string>();
            while (row.Read()) names.Add(row.GetString(0));
            return names;
        });
    }

    // The rows of the first table below a heading, without their head.
    private static IEnumerable<string[]> Rows(string document, string heading) => File.ReadLines(Path.Combine(Repository.Root, document))
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
        .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
