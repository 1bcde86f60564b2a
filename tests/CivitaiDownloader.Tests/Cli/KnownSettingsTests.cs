using System.Reflection;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Http;
using CivitaiDownloader.Library;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class KnownSettingsTests
{
    [Fact]
    public void Every_setting_of_every_options_class_can_be_set_and_no_other()
    {
        var expected = new (Type Options, string Section)[] { (typeof(HttpOptions), HttpOptions.Section), (typeof(TransferOptions), TransferOptions.Section), (typeof(LibraryOptions), LibraryOptions.Section) }
            .SelectMany(pair => pair.Options.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => $"{pair.Section}:{property.Name}"));

        Assert.Equal(expected.Order(), KnownSettings.Keys.Order());
    }
}
