using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CivitaiDownloader.Bench;

/// <summary>nginx in memory as the smallest Civitai there is: models of one file each, their download links, and the files at another origin.</summary>
internal sealed class NginxCivitai : IDisposable
{
    private readonly Process _nginx;
    private readonly OriginSettings _settings;
    private readonly string _folder;
    private readonly int[] _ports;

    private NginxCivitai(Process nginx, OriginSettings settings, string folder, int[] ports) => (_nginx, _settings, _folder, _ports) = (nginx, settings, folder, ports);

    public IReadOnlyList<OriginFile> Files => _settings.Files;

    public string Certificate => Path.Combine(_folder, "cert.pem");

    public string Api => $"{_settings.Scheme}://127.0.0.1:{_ports[0]}";

    public string Link(OriginFile file) => $"{_settings.Scheme}://localhost:{_settings.Relay?.Port ?? _ports[1]}/{file.Version}";

    /// <summary>Does everything on the caller's thread, whose network is the origin's, too.</summary>
    public static NginxCivitai Start(string folder, OriginSettings settings)
    {
        foreach (var name in new[] { "models", "versions", "files" }) Directory.CreateDirectory(Path.Combine(folder, name));
        foreach (var file in settings.Files) Publish(folder, file);
        NginxCertificate.Write(folder);
        var ports = FreePorts(2);
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), NginxConfiguration.Write(folder, settings, ports[0], ports[1]));
        settings.Relay?.LeadTo(ports[1]);
        var nginx = Process.Start(new ProcessStartInfo("nginx", ["-c", Path.Combine(folder, "nginx.conf"), "-p", folder, "-g", "daemon off;"]) { RedirectStandardError = true })!;
        UntilListening(ports[1], nginx);
        return new(nginx, settings, folder, ports);
    }

    public void Dispose()
    {
        _nginx.Kill(entireProcessTree: true);
        _nginx.WaitForExit();
        _nginx.Dispose();
    }

    private static void Publish(string folder, OriginFile file)
    {
        File.CreateSymbolicLink(Path.Combine(folder, "files", $"{file.Version}"), file.Path);
        var size = (file.Bytes / 1024.0).ToString(CultureInfo.InvariantCulture);
        var version = $$"""
            "id":{{file.Version}},"modelId":{{file.Model}},"name":"v1","baseModel":"Other","publishedAt":"2026-01-01T00:00:00.000Z","trainedWords":[],"images":[],"model":{"name":"bench {{file.Model}}","type":"Other"},
            "files":[{"id":{{file.Version}}0,"sizeKB":{{size}},"name":"{{file.Name}}","type":"Model","metadata":{"format":"SafeTensor"},"hashes":{"SHA256":"{{file.Sha256}}"},"primary":true}]
            """;
        File.WriteAllText(Path.Combine(folder, "versions", $"{file.Version}"), $"{{{version}}}");
        File.WriteAllText(Path.Combine(folder, "models", $"{file.Model}"), $$"""{"id":{{file.Model}},"name":"bench {{file.Model}}","type":"Other","tags":[],"creator":{"username":"bench"},"modelVersions":[{{{version}}}]}""");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }

    private static void UntilListening(int port, Process nginx)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!nginx.HasExited && Stopwatch.GetElapsedTime(start).TotalSeconds < 10)
            {
                Thread.Sleep(20);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException("nginx did not start: " + (nginx.HasExited ? nginx.StandardError.ReadToEnd() : "no answer"));
            }
        }
    }
}
