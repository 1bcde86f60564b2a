using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class FileFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models_are_found_at_any_depth_in_order_and_other_files_only_when_asked_for()
    {
        foreach (var name in new[] { "b/z.safetensors", "b/a.GGUF", "a.pt", "notes.txt", "b/picture.png", ".civitai-dl/staging/x.pt" }) Write(name);

        Assert.Equal(["a.pt", "b/a.GGUF", "b/z.safetensors"], Find(FileSelection.Models));
        Assert.Equal(["a.pt", "b/a.GGUF", "b/picture.png", "b/z.safetensors", "notes.txt"], Find(FileSelection.All));
    }

    [Fact]
    public void A_file_that_is_named_is_looked_at_whatever_it_is_called_and_only_once()
    {
        Write("notes.txt");

        var files = FileFinder.Find([_folder["notes.txt"], _folder["notes.txt"], _folder.Path], FileSelection.All, TestContext.Current.CancellationToken).Files;

        Assert.Equal(_folder["notes.txt"], Assert.Single(files).Path);
    }

    [Fact]
    public void Links_are_followed_and_their_loops_end()
    {
        Write("inside/real.pt");
        using var other = new TemporaryFolder();
        File.WriteAllText(other["far.pt"], "far");
        Directory.CreateSymbolicLink(_folder["inside/up"], _folder.Path);
        Directory.CreateSymbolicLink(_folder["inside/out"], other.Path);
        File.CreateSymbolicLink(_folder["link.pt"], _folder["inside/real.pt"]);

        var files = FileFinder.Find([_folder.Path], FileSelection.Models, TestContext.Current.CancellationToken).Files;

        Assert.Equal(["inside/out/far.pt", "inside/real.pt", "link.pt"], files.Select(Relative));
        Assert.All(files, file => Assert.Null(file.Refusal));
        Assert.Equal(files[1].RealPath, files[2].RealPath);
        Assert.Equal(files[1].Stamp, files[2].Stamp);
    }

    [Fact]
    public void What_cannot_be_looked_at_is_named_with_its_reason()
    {
        File.CreateSymbolicLink(_folder["broken.pt"], _folder["gone.pt"]);
        File.CreateSymbolicLink(_folder["self.pt"], _folder["self.pt"]);

        var files = FileFinder.Find([_folder.Path, _folder["never.pt"]], FileSelection.Models, TestContext.Current.CancellationToken).Files;

        Assert.Equal(["broken.pt", "self.pt", "never.pt"], files.Select(Relative));
        Assert.Equal(LibraryFault.NoSuchPath, files[0].Refusal?.Fault);
        Assert.Contains("gone.pt", files[0].Refusal!.Message);
        Assert.NotNull(files[1].Refusal);
        Assert.Equal(LibraryFault.NoSuchPath, files[2].Refusal?.Fault);
    }

    [Fact]
    public async Task What_is_no_file_is_refused_when_it_is_named_and_skipped_in_a_folder()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Pipes and devices with names among files are Unix's.");
        Write("a.pt");
        using var made = System.Diagnostics.Process.Start("mkfifo", [_folder["pipe.pt"]]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder["socket.pt"]));
        File.CreateSymbolicLink(_folder["zero.pt"], "/dev/zero");
        await File.WriteAllTextAsync(_folder["empty.pt"], "", TestContext.Current.CancellationToken);

        var found = FileFinder.Find([_folder.Path], FileSelection.Models, TestContext.Current.CancellationToken);
        var named = FileFinder.Find([_folder["pipe.pt"], _folder["socket.pt"], _folder["zero.pt"]], FileSelection.Models, TestContext.Current.CancellationToken);

        Assert.Equal(["a.pt", "empty.pt"], found.Files.Select(Relative));
        Assert.Equal(["pipe.pt", "socket.pt", "zero.pt"], found.Skipped.Select(path => Path.GetFileName(path)).Order());
        Assert.All(named.Files, file => Assert.Equal(LibraryFault.NotARegularFile, file.Refusal?.Fault));
        Assert.Equal(["a pipe", "a socket", "a device"], named.Files.Select(file => file.Refusal!.Message.Split(" is ")[1].Split(',')[0]));
        Assert.Empty(named.Skipped);
    }

    private string[] Find(FileSelection selection) => [.. FileFinder.Find([_folder.Path], selection, TestContext.Current.CancellationToken).Files.Select(Relative)];

    private string Relative(FoundFile file) => Path.GetRelativePath(_folder.Path, file.Path).Replace('\\', '/');

    private void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], name);
    }
}
