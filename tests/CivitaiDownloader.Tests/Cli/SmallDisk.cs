using System.Diagnostics;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>A tmpfs of a few megabytes. Needs Linux and the right to mount; without it the test skips.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <param name="files">How many files and folders it takes, its root included; null for no limit.</param>
    public static SmallDisk Mount(string path, int megabytes, int? files = null)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m" + (files is { } most ? $",nr_inodes={most}" : ""), "tmpfs", path)) Assert.Skip("A small tmpfs cannot be mounted here (needs Linux and root).");
        return new(path);
    }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    public void MakeWritable() => Assert.True(Run("mount", "-o", "remount,rw", Path));

    /// <summary>Takes every byte that is left, but for <paramref name="left"/>.</summary>
    public void Fill(int left = 0)
    {
        if (left > 0) File.WriteAllBytes(Spare, new byte[left]);
        Fill(Ballast);
        File.Delete(Spare);
    }

    private static void Fill(string path)
    {
        using var ballast = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var step = 1 << 20; step >= 4096; step /= 4)
        {
            try
            {
                while (true) ballast.Write(new byte[step]);
            }
            catch (IOException)
            {
                // No room for a step of this size.
            }
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    private string Spare => System.IO.Path.Combine(Path, "spare");

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
