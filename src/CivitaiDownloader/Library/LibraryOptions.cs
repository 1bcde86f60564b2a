using System.ComponentModel.DataAnnotations;
using CivitaiDownloader.Library.Naming;
using CivitaiDownloader.Primitives;
using Microsoft.Extensions.Options;

namespace CivitaiDownloader.Library;

public sealed class LibraryOptions
{
    public const string Section = "Library";

    [Setting("The folder the library is in; its default is civitai in the user's folder.")]
    [Required(AllowEmptyStrings = false)]
    public string Root { get; set; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "civitai");

    [Setting("Where files go below the root, from the fields {type} {baseModel} {creator} {modelName} {versionName} {fileName} {fileStem} {extension} {modelId} {versionId} {fileId}.")]
    [Required(AllowEmptyStrings = false)]
    public string Template { get; set; } = PlacementTemplate.Default;

    [Setting("Whether NAME.civitai.info, the version as Civitai describes it, is written beside each file.")]
    public bool WriteInfo { get; set; } = true;

    [Setting("Whether the first preview picture is saved beside each file.")]
    public bool WritePreview { get; set; } = true;
}

[OptionsValidator]
internal sealed partial class LibraryOptionsValidator : IValidateOptions<LibraryOptions>;
