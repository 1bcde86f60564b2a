using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>Holds settings to what is allowed, every mistake at once: each value by itself, then the rules of the features.</summary>
internal static class SettingsCheck
{
    /// <exception cref="UsageException">A value is not one, or out of bounds.</exception>
    public static void Values(CliSettings settings)
    {
        var mistakes = ValueMistakes(settings);
        if (mistakes.Count > 0) throw SettingsErrors.Refused(mistakes);
    }

    /// <summary>A sentence for each value that is not one, or out of bounds.</summary>
    public static IReadOnlyList<string> ValueMistakes(CliSettings settings) =>
    [
        .. settings.Set.Values.Select(value => (setting: KnownSettings.Find(value.Key)!, value)).Where(pair => !pair.setting.Form.Accepts(pair.value.Value))
            .Select(pair => SettingsErrors.RefusedValue(pair.setting, pair.value, Place(pair.value))),
    ];

    /// <exception cref="OptionsValidationException">A feature refuses its settings.</exception>
    public static void Rules(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException several)
        {
            throw new OptionsValidationException("", typeof(CliSettings), several.InnerExceptions.OfType<OptionsValidationException>().SelectMany(one => one.Failures));
        }
    }

    /// <summary>As at the start of every command, without starting anything.</summary>
    /// <exception cref="CivitaiDownloaderException">A value or a template has a mistake.</exception>
    /// <exception cref="OptionsValidationException">A feature refuses its settings.</exception>
    public static void All(CliSettings settings)
    {
        Values(settings);
        var services = new ServiceCollection();
        CliServices.AddFeatures(services, settings);
        using var built = services.BuildServiceProvider();
        Rules(built);
        PlacementTemplate.Parse(built.GetRequiredService<Library.LibraryOptions>().Template);
    }

    private static string Place(SettingValue value) => value.Source == SettingSource.File && SettingsFile.ReadText(value.Where) is { } text && ConfigText.TryParse(text)?.PlaceOf(value.Key) is { } place
        ? $"'{value.Where}', {place}"
        : value.Where;
}
