using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace CivitaiDownloader.Primitives;

/// <summary>Bounds of a <see cref="TimeSpan"/> setting, both allowed, written as <c>[d.]hh:mm:ss[.fff]</c>. (The framework's own needs reflection.)</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;

    public override bool IsValid(object? value) => value is not TimeSpan duration
        || (duration >= TimeSpan.Parse(Minimum, CultureInfo.InvariantCulture) && duration <= TimeSpan.Parse(Maximum, CultureInfo.InvariantCulture));

    public override string FormatErrorMessage(string name) => $"{name} must lie between {Minimum} and {Maximum}.";
}
