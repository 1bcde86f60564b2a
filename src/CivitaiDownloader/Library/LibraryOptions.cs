using System.ComponentModel.DataAnnotations;
using CivitaiDownloader.Library.Naming;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Library;

public sealed class LibraryOptions
{
    public const string Section = "Library";

    /// <summary>The folder the library is in (<c>--library</c>, <c>CIVITAI_DL_LIBRARY</c>). Default: <c>civitai</c> in the home folder.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Root { get; set; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "civitai");

    /// <summary>Where files go below the root. Default <c>{type}/{baseModel}/{creator}/{modelName} - {versionName}/{fileName}</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Template { get; set; } = PlacementTemplate.Default;

    /// <summary>Whether <c>NAME.civitai.info</c>, the version as Civitai describes it, is written beside each file. Default true.</summary>
    public bool WriteInfo { get; set; } = true;

    /// <summary>Whether the first preview picture is saved beside each file. Default true.</summary>
    public bool WritePreview { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class LibraryOptionsValidator : IValidateOptions<LibraryOptions>;
