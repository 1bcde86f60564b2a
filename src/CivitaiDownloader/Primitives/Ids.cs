using System.Globalization;

namespace CivitaiDownloader.Primitives;

/// <summary>Civitai's number for a model. At least 1; the API takes up to 2,147,483,647.</summary>
public readonly record struct ModelId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Civitai's number for one version of a model. Counted apart from models: 42 may be both.</summary>
public readonly record struct ModelVersionId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Civitai's number for one file of a version. The only name of a file that never changes and is never shared.</summary>
public readonly record struct FileId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
