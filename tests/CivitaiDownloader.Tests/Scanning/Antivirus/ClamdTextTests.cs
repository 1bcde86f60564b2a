using CivitaiDownloader.Scanning.Antivirus;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

/// <summary>What people write and what clamd says of itself.</summary>
public sealed class ClamdTextTests
{
    [Theory]
    [InlineData("unix:/run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl", true)]
    [InlineData("unix:///run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl", true)]
    [InlineData("/run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl", true)]
    [InlineData("tcp://127.0.0.1:3310", "tcp://127.0.0.1:3310", true)]
    [InlineData("TCP://localhost", "tcp://localhost:3310", true)]
    [InlineData("tcp://[::1]:9/", "tcp://[::1]:9", true)]
    [InlineData("tcp://nas.example.org:3310", "tcp://nas.example.org:3310", false)]
    public void An_address_is_understood(string text, string shown, bool isLocal)
    {
        Assert.True(ClamdAddress.TryParse(text, out var address, out var mistake), mistake);

        Assert.Equal((shown, isLocal), (address!.Text, address.IsLocal));
    }

    [Theory]
    [InlineData("", "neither with unix: nor with tcp://")]
    [InlineData("127.0.0.1:3310", "neither with unix: nor with tcp://")]
    [InlineData("http://127.0.0.1:3310", "neither with unix: nor with tcp://")]
    [InlineData("unix:", "begins at the root")]
    [InlineData("unix:run/clamd.ctl", "begins at the root")]
    [InlineData("tcp://", "a host and a port")]
    [InlineData("tcp://:3310", "a host and a port")]
    [InlineData("tcp://localhost:99999", "a host and a port")]
    [InlineData("tcp://localhost:0", "from 1 to 65535")]
    [InlineData("tcp://me:secret@localhost:3310", "and nothing else")]
    [InlineData("tcp://localhost:3310/x", "and nothing else")]
    public void What_is_none_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(ClamdAddress.TryParse(text, out var address, out var mistake));

        Assert.Null(address);
        Assert.Contains(reason, mistake);
    }

    [Fact]
    public void A_path_that_no_socket_can_have_is_refused() => Assert.False(ClamdAddress.TryParse("unix:/" + new string('桜', 36), out _, out _));

    [Theory]
    [InlineData("ClamAV 1.4.3/27800/Sat Nov 28 09:27:11 2026", "ClamAV 1.4.3", 27800, "2026-11-28T09:27:11")]
    [InlineData("ClamAV 0.103.8/26800/Tue Dec  1 09:27:11 2026", "ClamAV 0.103.8", 26800, "2026-12-01T09:27:11")]
    [InlineData("ClamAV 1.4.6", "ClamAV 1.4.6", null, null)]
    [InlineData("ClamAV 1.4.6/x/y", "ClamAV 1.4.6", null, null)]
    public void A_version_is_taken_apart(string text, string program, int? database, string? madeAt) =>
        Assert.Equal(new(program, database, madeAt is null ? null : DateTime.Parse(madeAt, System.Globalization.CultureInfo.InvariantCulture)), ClamdVersion.Read(text));

    [Fact]
    public void What_is_no_version_is_none() => Assert.Null(ClamdVersion.Read("UNKNOWN COMMAND"));
}
