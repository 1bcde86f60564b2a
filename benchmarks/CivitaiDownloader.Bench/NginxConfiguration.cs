namespace CivitaiDownloader.Bench;

/// <summary>What nginx is told: an API made of files, and a storage origin.</summary>
internal static class NginxConfiguration
{
    public static string Write(string folder, OriginSettings settings, int apiPort, int storagePort)
    {
        string Listen(int port, bool http2) => settings.Https ? $"listen 127.0.0.1:{port} ssl{(http2 ? " http2" : "")}; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; ssl_protocols TLSv1.3;" : $"listen 127.0.0.1:{port};";
        // Chance of nginx's own: which requests are refused differs from run to run.
        var refusals = settings.RefusedPercent == 0 ? "" : $$"""split_clients $request_id $refused { {{settings.RefusedPercent}}% 1; * ""; }""";
        return $$"""
            user root;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            worker_processes 1;
            events { worker_connections 1024; }
            http {
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000;
              client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3; uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
              {{refusals}}
              server {
                {{Listen(apiPort, settings.Http2)}}
                default_type application/json;
                location ~ ^/api/v1/models/([0-9]+)$ { alias {{folder}}/models/$1; }
                location ~ ^/api/v1/model-versions/([0-9]+)$ { alias {{folder}}/versions/$1; }
                location ~ ^/api/download/models/([0-9]+)$ { return 307 {{settings.Scheme}}://localhost:{{settings.Relay?.Port ?? storagePort}}/$1; }
              }
              server {
                {{Listen(storagePort, settings.Http2)}}
                default_type application/octet-stream;
                root {{folder}}/files;
                {{(refusals.Length == 0 ? "" : "if ($refused) { return 503; }")}}
              }
            }
            """;
    }
}
