using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Settings;

/// <summary>One thing read from where people put settings: a value, or what is wrong there. Most commands stop at the first mistake; <c>doctor</c> goes on with what could be read.</summary>
internal readonly record struct SettingRead(SettingValue? Value, UsageException? Mistake)
{
    /// <exception cref="UsageException">It is a mistake.</exception>
    public SettingValue Require() => Value ?? throw Mistake!;

    public static implicit operator SettingRead(SettingValue value) => new(value, null);

    public static implicit operator SettingRead(UsageException mistake) => new(null, mistake);
}
