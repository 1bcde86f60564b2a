namespace CivitaiDownloader.Scanning.Texts;

/// <summary>What of an object that is being read tells whether its reader would make something of it.</summary>
internal sealed class JsonFrame
{
    public required bool IsArray { get; init; }

    /// <summary>The key it stands under, in the nearest object around it.</summary>
    public required string Owner { get; init; }

    public required long At { get; init; }

    /// <summary>Everything in it is a chat template.</summary>
    public required bool IsTemplate { get; init; }

    /// <summary>The key whose value comes next.</summary>
    public string Key { get; set; } = "";

    public string? ClassName { get; set; }

    public string? Module { get; set; }

    public string? ConfigName { get; set; }

    public bool HasConfig { get; set; }

    public string? Function { get; set; }

    public string? FunctionType { get; set; }

    /// <summary>A vocabulary that is one text, here or in the configuration.</summary>
    public string? Vocabulary { get; set; }
}
