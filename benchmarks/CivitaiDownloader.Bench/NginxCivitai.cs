using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CivitaiDownloader.Bench;

/// <summary>nginx in memory as the smallest Civitai there is: one model, one download link, one file at another origin. HTTP and HTTPS.</summary>
internal sealed class NginxCivitai : IDisposable
{
    private readonly Process _nginx;
    private readonly int[] _ports;

    private NginxCivitai(Process nginx, int[] ports, string certificate, string sha256) => (_nginx, _ports, Certificate, Sha256) = (nginx, ports, certificate, sha256);

    public string Certificate { get; }

    public string Sha256 { get; }

    public string Api(bool https) => https ? $"https://127.0.0.1:{_ports[2]}" : $"http://127.0.0.1:{_ports[0]}";

    public string File(bool https) => https ? $"https://localhost:{_ports[3]}/file" : $"http://localhost:{_ports[1]}/file";

    public static async Task<NginxCivitai> StartAsync(string folder, long bytes)
    {
        var sha256 = await WriteFileAsync(Path.Combine(folder, "file"), bytes);
        var ports = FreePorts(4);
        WriteCertificate(folder);
        WriteModel(folder, bytes, sha256);
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), Configuration(folder, ports));
        var nginx = Process.Start(new ProcessStartInfo("nginx", ["-c", Path.Combine(folder, "nginx.conf"), "-p", folder, "-g", "daemon off;"]) { RedirectStandardError = true })!;
        await UntilListeningAsync(ports[3], nginx);
        return new(nginx, ports, Path.Combine(folder, "cert.pem"), sha256);
    }

    public void Dispose()
    {
        _nginx.Kill(entireProcessTree: true);
        _nginx.WaitForExit();
        _nginx.Dispose();
    }

    private static async Task<string> WriteFileAsync(string path, long bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = System.IO.File.Create(path);
        var random = new Random(20261124);
        var block = new byte[1 << 20];
        for (var left = bytes; left > 0; left -= block.Length)
        {
            random.NextBytes(block);
            var run = block.AsMemory(0, (int)Math.Min(block.Length, left));
            hash.AppendData(run.Span);
            await file.WriteAsync(run);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void WriteModel(string folder, long bytes, string sha256)
    {
        var size = (bytes / 1024.0).ToString(CultureInfo.InvariantCulture);
        var version = $$"""
            "id":10,"modelId":1,"name":"v1","baseModel":"Other","publishedAt":"2026-01-01T00:00:00.000Z","trainedWords":[],"images":[],"model":{"name":"bench","type":"Other"},
            "files":[{"id":100,"sizeKB":{{size}},"name":"bench.safetensors","type":"Model","metadata":{"format":"SafeTensor"},"hashes":{"SHA256":"{{sha256}}"},"primary":true}]
            """;
        System.IO.File.WriteAllText(Path.Combine(folder, "version.json"), $"{{{version}}}");
        System.IO.File.WriteAllText(Path.Combine(folder, "model.json"), $$"""{"id":1,"name":"bench","type":"Other","tags":[],"creator":{"username":"bench"},"modelVersions":[{{{version}}}]}""");
    }

    private static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        System.IO.File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Configuration(string folder, int[] ports)
    {
        string Api(string listen, string storage) => $$"""
              server {
                {{listen}}
                location = /api/v1/models/1 { default_type application/json; alias {{folder}}/model.json; }
                location = /api/v1/model-versions/10 { default_type application/json; alias {{folder}}/version.json; }
                location = /api/download/models/10 { return 307 {{storage}}; }
              }
            """;
        string Storage(string listen) => $$"""
              server {
                {{listen}}
                location = /file { default_type application/octet-stream; alias {{folder}}/file; }
              }
            """;
        var tls = $"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;";
        return $$"""
            user root;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            worker_processes 1;
            events { worker_connections 256; }
            http {
              access_log off; sendfile on; tcp_nopush on;
              client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3; uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
            {{Api($"listen 127.0.0.1:{ports[0]};", $"http://localhost:{ports[1]}/file")}}
            {{Storage($"listen 127.0.0.1:{ports[1]};")}}
            {{Api($"listen 127.0.0.1:{ports[2]} ssl; {tls}", $"https://localhost:{ports[3]}/file")}}
            {{Storage($"listen 127.0.0.1:{ports[3]} ssl; {tls}")}}
            }
            """;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }

    private static async Task UntilListeningAsync(int port, Process nginx)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (!nginx.HasExited && Stopwatch.GetElapsedTime(start).TotalSeconds < 10)
            {
                await Task.Delay(20);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException("nginx did not start: " + (nginx.HasExited ? await nginx.StandardError.ReadToEndAsync() : "no answer"));
            }
        }
    }
}
