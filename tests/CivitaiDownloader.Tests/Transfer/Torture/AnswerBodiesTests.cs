using System.Text;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The relay strikes where it says it does only if it knows heads from bodies, however the bytes come.</summary>
public sealed class AnswerBodiesTests
{
    [Fact]
    public void Heads_and_bodies_are_told_apart_however_they_are_cut()
    {
        const string answers = "HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\n\r\nBBBBBHTTP/1.1 416 No\r\ncontent-length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nBBB";
        var bytes = Encoding.ASCII.GetBytes(answers);
        var random = new Random(1);

        for (var round = 0; round < 500; round++)
        {
            var bodies = new AnswerBodies();
            var seen = 0;
            for (var at = 0; at < bytes.Length;)
            {
                var arrived = bytes.AsSpan(at, random.Next(1, Math.Min(bytes.Length - at, 60) + 1));
                while (arrived.Length > 0)
                {
                    var run = bodies.Next(arrived);
                    if (run.IsBody) Assert.All(arrived[..run.Bytes].ToArray(), b => Assert.Equal((byte)'B', b));
                    seen += run.IsBody ? run.Bytes : 0;
                    at += run.Bytes;
                    arrived = arrived[run.Bytes..];
                }
            }

            Assert.Equal(8, seen);
        }
    }
}
