using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Faults in any combination, on one to sixteen connections. A seed that fails is run alone with <c>CIVITAI_DL_SEED=N</c>.</summary>
public sealed class MixtureTests
{
    [Fact]
    public async Task Whatever_comes_together_the_file_arrives_whole()
    {
        var (failures, longest, ran) = (new List<string>(), TimeSpan.Zero, 0);
        foreach (var seed in TortureSettings.Seeds(first: 51_000, share: 15, full: 200))
        {
            ran++;
            try
            {
                var took = await TorturedTransfer.RunAsync(Mixture.Draw(seed));
                if (took > longest) longest = took;
            }
            catch (TorturedException failed)
            {
                failures.Add(failed.Message);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{ran - failures.Count} of {ran} arrived, the slowest in {longest.TotalSeconds:0.0} s");
        Assert.True(failures.Count == 0, $"{failures.Count} of {ran} failed\n" + string.Join("\n", failures));
    }
}
