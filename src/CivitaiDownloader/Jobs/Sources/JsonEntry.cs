using CivitaiDownloader.Catalog;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>What was seen so far of one object of a list that may name a target: a model, a version, or a file of a <c>get</c>.</summary>
internal sealed class JsonEntry(int depth)
{
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>How deep its braces stand.</summary>
    public int Depth => depth;

    public string? Text { get; set; }

    /// <summary>Whether it only holds a list of others.</summary>
    public bool IsContainer { get; set; }

    public bool IsEmpty => _numbers.Count == 0 && Text is null;

    public bool HasId => _numbers.ContainsKey("id");

    public void Set(string name, long number)
    {
        if (number is > 0 and <= int.MaxValue) _numbers[name] = number;
    }

    /// <returns>Null when it names none by numbers.</returns>
    public Target? ToTarget()
    {
        ModelId? model = Number("modelId") is { } of ? new(of) : null;
        if (Number("namedVersionId") is { } named) return Version(named, Number("id") is { } id ? new(id) : null, Number("namedFileId"));
        if ((Number("versionId") ?? Number("modelVersionId")) is { } version) return Version(version, model, Number("fileId"));
        if (Number("id") is not { } own) return model is { } only ? new Target.ByModel(only) : null;
        return model is null ? new Target.ByModel(new(own)) : new Target.ByVersion(new(own), model);
    }

    private long? Number(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    private static Target Version(long version, ModelId? model, long? file) =>
        file is { } id ? new Target.ByFile(new(version), new FileId(id)) { Model = model } : new Target.ByVersion(new(version), model);
}
