using System.ComponentModel.DataAnnotations;

namespace CivitaiDownloader.Transfer.Pacing;

/// <summary>A setting that is written as <see cref="BandwidthTimetable"/> reads it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BandwidthFormAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => BandwidthTimetable.TryParse(value as string, out _, out _);

    public override string FormatErrorMessage(string name) => $"{name} must be {BandwidthTimetable.Forms}.";
}
