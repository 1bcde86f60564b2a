using System.ComponentModel.DataAnnotations;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>A setting that is empty, or written as <see cref="ClamdAddress"/> reads it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClamdFormAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is null or "" || ClamdAddress.TryParse(value as string, out _, out _);

    public override string FormatErrorMessage(string name) => $"{name} must be {ClamdAddress.Forms}.";
}
