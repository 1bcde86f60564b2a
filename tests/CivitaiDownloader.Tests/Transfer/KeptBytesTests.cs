using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Journaling;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>How much a plan counts as there already, while another process is at work on the file.</summary>
public sealed class KeptBytesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_given_its_name_at_any_moment_is_there_or_not_and_never_an_error()
    {
        var partial = _folder["file.part"];
        await File.WriteAllBytesAsync(partial, new byte[100], TestContext.Current.CancellationToken);
        using (var journal = Journal.Create(Journal.PathFor(partial), new(100, null, null, "sha256:00"), new(1, "other", DateTimeOffset.UnixEpoch))) journal.Append([new(new(0, 100), 7)]);
        var isOver = false;
        var other = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                File.Move(partial, _folder["placed"]);
                File.Move(_folder["placed"], partial);
            }
        }, TestContext.Current.CancellationToken);

        var seen = Enumerable.Range(0, 20_000).Select(_ => FileTransfer.KeptBytes(partial)).ToHashSet();
        Volatile.Write(ref isOver, true);
        await other;

        Assert.Equal([0L, 100L], seen.Order());
    }
}
