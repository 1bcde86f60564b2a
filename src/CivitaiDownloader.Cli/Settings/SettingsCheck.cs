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

    /// <summary>What keeps a setting that was set from being used: what it is, or a rule of its feature; null when nothing does. Mistakes of others are not its own.</summary>
    public static Exception? MistakeOf(Setting setting, CliSettings settings)
    {
        if (!settings.Set.TryGetValue(setting.Key, out var value)) return null;
        if (!setting.Form.Accepts(value.Value)) return SettingsErrors.Refused([SettingsErrors.RefusedValue(setting, value, Place(value))]);
        var all = WithoutMistakenValues(settings);
        return Mistake(all) is { } mistake && Mistake(SettingsLoader.Make(settings.Home, all.Set.Values.Where(other => other.Key != setting.Key)))?.Message != mistake.Message ? mistake : null;
    }

    /// <summary>Those that can be used together; what is wrong with the others is said.</summary>
    public static CliSettings Usable(CliSettings settings, out IReadOnlyList<Exception> mistakes)
    {
        List<Exception> found = ValueMistakes(settings) is { Count: > 0 } values ? [SettingsErrors.Refused(values)] : [];
        mistakes = found;
        var usable = WithoutMistakenValues(settings);
        if (Mistake(usable) is not { } mistake) return usable;
        found.Add(mistake);
        // A rule may span several settings and does not say whose mistake it is: each comes in that does not break one.
        return usable.Set.Values.Aggregate(SettingsLoader.Make(settings.Home, []), (kept, value) =>
            SettingsLoader.Make(settings.Home, [.. kept.Set.Values, value]) is var more && Mistake(more) is null ? more : kept);
    }

    /// <summary>What is wrong with all of them together, the first of it; null when nothing is.</summary>
    public static Exception? Mistake(CliSettings settings)
    {
        try
        {
            All(settings);
            return null;
        }
        catch (Exception refused) when (refused is CivitaiDownloaderException or OptionsValidationException)
        {
            return refused;
        }
    }

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

    private static CliSettings WithoutMistakenValues(CliSettings settings) =>
        SettingsLoader.Make(settings.Home, settings.Set.Values.Where(value => KnownSettings.Find(value.Key)!.Form.Accepts(value.Value)));

    private static string Place(SettingValue value) => value.Source == SettingSource.File && SettingsFile.ReadText(value.Where) is { } text && ConfigText.TryParse(text)?.PlaceOf(value.Key) is { } place
        ? $"'{value.Where}', {place}"
        : value.Where;
}
