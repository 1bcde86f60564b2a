using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What a person points at. <see cref="object.ToString"/> gives a text that <see cref="TargetParser"/> reads back.</summary>
public abstract record Target
{
    private Target() { }

    /// <summary>A bare number: a model's, unless there is a version of that number too.</summary>
    public sealed record ByNumber(long Number) : Target
    {
        public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A model; the version is the first of its list.</summary>
    public sealed record ByModel(ModelId Model) : Target
    {
        public override string ToString() => $"model:{Model}";
    }

    /// <summary>A version, with its model where the text names it.</summary>
    public sealed record ByVersion(ModelVersionId Version, ModelId? Model = null) : Target
    {
        public override string ToString() => Model is { } model ? $"{model}@{Version}" : $"version:{Version}";
    }

    /// <summary>A download address or an AIR: a version, and one of its files where the text names or describes it.</summary>
    public sealed record ByFile(ModelVersionId Version, FileId? File) : Target
    {
        public ModelId? Model { get; init; }

        /// <summary>What the address says of the file instead of its number; null when it says nothing.</summary>
        public FileTraits? Traits { get; init; }

        public override string ToString() => (Model is { } model ? $"{model}@{Version}" : $"version:{Version}") + (File is { } file ? $"+{file}" : "");
    }

    /// <summary>A hash whose kind was named.</summary>
    public sealed record ByHash(ContentHash Hash) : Target
    {
        public override string ToString() => Hash.ToString();
    }

    /// <summary>A hash without its kind: any that has so many digits. Lower case.</summary>
    public sealed record ByDigits(string Hex) : Target
    {
        public override string ToString() => Hex;
    }

    /// <summary>A file on this machine, looked up by its content.</summary>
    public sealed record ByPath(string Path) : Target
    {
        public override string ToString() => Path;
    }
}
