namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What chat templates must not do: they are programs that run whenever the model is talked to.</summary>
internal static class TemplateRules
{
    public static readonly Rule Escape = new("template-escape", Severity.Dangerous, Certainty.Certain, "A chat template that climbs out of its sandbox",
        "Templates that reach for attributes with leading underscores, for builtins or for modules get from any value to Python's interpreter, and run what they like (CVE-2024-34359).")
    { Next = "Do not load the model. A template of one's own can replace the one in the file." };

    public static readonly Rule IndirectAccess = new("template-indirect-access", Severity.Suspicious, Certainty.Likely, "A chat template that reaches for attributes in a roundabout way",
        "Attribute filters, names put together from pieces and characters taken out of texts are how forbidden attributes are reached past those who look for them. No ordinary template needs them.")
    { Next = "Read the template before the model is used, or replace it with one of the model's family." };

    public static readonly Rule EngineObject = new("template-engine-object", Severity.Suspicious, Certainty.Likely, "A chat template that takes the engine's own objects apart",
        "The objects that the template engine itself brings along lead to Python's globals. Ordinary templates call them, they do not look into them.")
    { Next = "Read the template before the model is used, or replace it with one of the model's family." };

    public static readonly Rule LoadsTemplate = new("template-loads-template", Severity.Suspicious, Certainty.Certain, "A chat template that loads another file",
        "Import, include and extends read other templates from wherever the program looks for them. What those do cannot be seen here.")
    { Next = "Replace the template with one that is whole." };

    public static readonly Rule[] All = [Escape, IndirectAccess, EngineObject, LoadsTemplate];
}
