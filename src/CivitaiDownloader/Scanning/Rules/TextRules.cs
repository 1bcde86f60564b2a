namespace CivitaiDownloader.Scanning.Rules;

internal static class TextRules
{
    public static readonly Rule Script = new("script", Severity.Suspicious, Certainty.Likely, "A script, or text that is run when it is opened",
        "It does what its author wrote as soon as it is started, and what that is, is not examined here.")
    { Next = "Read it before you run it, or do without it: a model needs none." };

    public static readonly Rule DisguisedScript = new("script-disguised", Severity.Dangerous, Certainty.Likely, "A script under a name that promises something else",
        "Nobody names a script like a model or a picture by accident. Something else is meant to run it.")
    { Next = "Delete the file." };

    public static readonly Rule ActivePage = new("html-script", Severity.Suspicious, Certainty.Likely, "A page or drawing that acts when it is opened",
        "Scripts, frames and redirections in a local page run in the browser and can load what they like from elsewhere.")
    { Next = "Open it in a text editor, or do without it." };

    public static readonly Rule DisguisedActivePage = new("html-script-disguised", Severity.Dangerous, Certainty.Likely, "A page that acts when it is opened, under a model's name",
        "It is no model. If a site sent it in place of one, the download failed; if it lies there on purpose, it waits for a browser.")
    { Next = "Delete the file and fetch the model again from its page." };

    public static readonly Rule[] All = [Script, DisguisedScript, ActivePage, DisguisedActivePage];
}
