using CivitaiDownloader.Catalog;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class PickleImportsTests
{
    // As recorded of model 39.
    private const string Recorded = "**Detected Pickle imports (9)**\n*Dangerous import detected*\n```\n*pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint*\nnumpy.dtype\ntorch._utils._rebuild_tensor_v2\npytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint\ntorch.FloatStorage\n```";

    [Fact]
    public void Imports_are_listed_once_and_the_marked_ones_are_dangerous()
    {
        var imports = PickleImports.Read(Recorded)!;

        Assert.Equal(["pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint"], imports.Dangerous);
        Assert.Equal(["pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint", "numpy.dtype", "torch._utils._rebuild_tensor_v2", "torch.FloatStorage"], imports.All);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("No Pickle imports")]
    [InlineData("``````")]
    public void A_message_without_a_list_names_none(string? message) => Assert.Null(PickleImports.Read(message));
}
