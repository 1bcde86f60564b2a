using System.Net.Sockets;

namespace CivitaiDownloader.Tests.Transfer.Torture;

internal static class SocketSending
{
    extension(Socket socket)
    {
        public async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }
}
