namespace CivitaiDownloader.Scanning.Rules;

/// <summary>Rules for settings in JSON and YAML, which are data only as long as their readers make no objects of them.</summary>
internal static class JsonRules
{
    public static readonly Rule ObjectTag = new("json-object-tag", Severity.Dangerous, Certainty.Likely, "JSON that makes its reader call a function",
        "Some libraries write objects as JSON with the name of a type or function in it, and make those objects when they read it.")
    { Next = "Do not read it with a library that restores objects." };

    public static readonly Rule TypeTag = new("json-type-tag", Severity.Suspicious, Certainty.Possible, "JSON that names the type its reader shall make",
        "Libraries that restore objects from JSON make an object of the type that the text names. Settings of models have no such names.")
    { Next = "Do not read it with a library that restores objects." };

    public static readonly Rule CallTarget = new("config-call-target", Severity.Dangerous, Certainty.Likely, "Settings that name a function of Python's own library as the thing to make",
        "Programs that build models from settings import and call what the settings name. Naming a function that runs programs or reaches files makes them do that.")
    { Next = "Do not use the settings." };

    public static readonly Rule PythonTag = new("yaml-python-tag", Severity.Dangerous, Certainty.Certain, "A tag that makes an object of the reader's language",
        "Readers that are not told to be safe make any object and call any function that such a tag names.")
    { Next = "Do not load it; ask for the settings without tags." };

    public static readonly Rule UnknownTag = new("yaml-unknown-tag", Severity.Suspicious, Certainty.Possible, "A tag that YAML itself does not have",
        "What a reader does with a tag of its own is not known here.")
    { Next = "Read it before it is used." };

    public static readonly Rule[] All = [ObjectTag, TypeTag, CallTarget, PythonTag, UnknownTag];
}
