using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Programs;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

/// <summary>clamd itself, as a process of the test, with a database of one signature that is put together here.</summary>
internal sealed class RealClamd : IDisposable
{
    public const string Signature = "Own.Eicar.UNOFFICIAL"; // clamd adds the end to what is not ClamAV's own

    private const string Program = "/usr/sbin/clamd";

    private readonly TemporaryFolder _folder = new("/tmp"); // a socket's path is short
    private readonly Process _process;

    private RealClamd(string? database, string[] settings)
    {
        Directory.CreateDirectory(_folder["db"]);
        if (database is not null) File.WriteAllText(Path.Combine(_folder["db"], "own.ndb"), database);
        File.WriteAllLines(_folder["clamd.conf"], ["Foreground yes", $"LocalSocket {_folder["clamd.ctl"]}", $"DatabaseDirectory {_folder["db"]}", $"TemporaryDirectory {_folder.Path}", $"LogFile {_folder["clamd.log"]}", .. settings]);
        _process = Process.Start(new ProcessStartInfo(Program, ["--config-file=" + _folder["clamd.conf"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>As the setting has it.</summary>
    public string Text => $"unix:{_folder["clamd.ctl"]}";

    public ClamdAddress Address => ClamdAddress.TryParse(Text, out var address, out _) ? address! : throw new InvalidOperationException(Text);

    /// <summary>One signature: the text by which antivirus programs are tried, wherever it stands.</summary>
    public static string OwnDatabase { get; } = $"Own.Eicar:0:*:{Convert.ToHexStringLower(EicarTest.Mark)}\n";

    /// <summary>A signature, and not the one that everybody has.</summary>
    public static string OtherDatabase { get; } = $"Own.Other:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes("civitai-dl's own mark"))}\n";

    public static async Task<RealClamd> StartAsync(string? database, params string[] settings)
    {
        if (!File.Exists(Program)) Assert.Skip($"{Program} is not here: install clamav-daemon.");
        var clamd = new RealClamd(database, settings);
        while (!clamd._process.HasExited && !clamd.Listens()) await Task.Delay(50, TestContext.Current.CancellationToken);
        return clamd;
    }

    public bool HasEnded => _process.HasExited;

    public void Stop()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Stop();
        _process.Dispose();
        _folder.Dispose();
    }

    private bool Listens()
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(_folder["clamd.ctl"]));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
