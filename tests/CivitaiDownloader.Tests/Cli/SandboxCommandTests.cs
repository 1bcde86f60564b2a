using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class SandboxCommandTests : SandboxFixture
{
    [Theory]
    [InlineData("sandbox --port 70000", "from 0 (any free one) to 65535")]
    [InlineData("sandbox --port -1", "from 0 (any free one) to 65535")]
    [InlineData("sandbox --storage-port x", "'x' is not a port")]
    [InlineData("sandbox --models -1", "from 0 to 100000")]
    [InlineData("sandbox --models many", "'many' is not a number of models")]
    [InlineData("sandbox --fault nonsense", "cut@4219")]
    [InlineData("sandbox --certificate c.pem", "needs --https")]
    [InlineData("sandbox --key two%words", "no key has")]
    public async Task A_mistake_is_named_and_nothing_is_started(string line, string words)
    {
        var ran = await Program.RunAsync([.. line.Split(' '), "--json"]);

        Assert.Equal((2, "usage", ""), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString(), ran.Output));
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var ran = await Program.RunAsync("sandbox", "--port", port, "--json");

        Assert.Equal((2, "port-taken"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains(port, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task It_serves_what_was_chosen_until_it_is_told_to_stop(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are Unix's.");
        using var process = Program.Start("sandbox", "--models", "3", "--seed", "7", "--key", "mine", "--json");
        var ready = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!).RootElement;
        var program = new Program(Home, Library, new(ready.GetProperty("api").GetString()!));
        program.Variables["CIVITAI_API_KEY"] = ready.GetProperty("key").GetString()!;

        var found = await program.RunAsync("search", "--all", "--nsfw", "--json");
        var login = await program.RunAsync("get", "4209", "--json");
        using (var stop = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, found.Json.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("id").GetInt32() >= 5000));
        Assert.Equal((0, 0, "mine"), (login.ExitCode, process.ExitCode, ready.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Its_faults_and_models_can_be_listed_without_starting_it()
    {
        var faults = await Program.RunAsync("sandbox", "--list-faults");
        var models = (await Program.RunAsync("sandbox", "--list-models", "--models", "2", "--json")).Json.GetProperty("models");

        Assert.All(FaultGuide.All, fault => Assert.Contains(fault.Name, faults.Output));
        Assert.Equal(2, models.EnumerateArray().Count(model => model.GetProperty("id").GetInt32() >= 5000));
        Assert.Contains(models.EnumerateArray(), model => model.GetProperty("id").GetInt32() == 4201);
    }

    [Fact]
    public void Every_fault_stands_in_the_guide_and_in_the_README_by_the_name_it_is_typed_with()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "CivitaiDownloader.Sandbox", "README.md"));

        Assert.Equal(Enum.GetValues<FaultKind>().Order(), FaultGuide.All.Select(fault => fault.Kind).Order());
        Assert.All(FaultGuide.All, fault => Assert.Equal(fault.Kind, FaultText.Parse(fault.Name).Kind));
        Assert.All(FaultGuide.All, fault => Assert.Contains($"`{fault.Name}`", readme));
    }
}
