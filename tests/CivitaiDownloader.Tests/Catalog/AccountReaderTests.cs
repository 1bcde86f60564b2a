using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class AccountReaderTests
{
    [Theory]
    [InlineData(SandboxOptions.DefaultKey, "sandbox")]
    [InlineData("revoked", null)]
    [InlineData(null, null)]
    public async Task Only_a_good_key_has_an_account(string? key, string? username)
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0, Key = SandboxOptions.DefaultKey }, TestContext.Current.CancellationToken);
        var options = new HttpOptions { Endpoint = sandbox.Api };
        var secret = key is null ? null : new SecretString(key);
        using var database = Database.Open(folder["test.db"], [HttpSchema.Part]);
        using var outbound = TestOutbound.To(sandbox.Api, key);
        var accounts = new AccountReader(new(outbound, options, database, secret, TimeProvider.System), options);

        var account = await accounts.FindAsync(TestContext.Current.CancellationToken);

        Assert.Equal(username, account?.Username);
    }
}
