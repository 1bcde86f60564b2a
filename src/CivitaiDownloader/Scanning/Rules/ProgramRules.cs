namespace CivitaiDownloader.Scanning.Rules;

internal static class ProgramRules
{
    public static readonly Rule Native = new("program-native", Severity.Dangerous, Certainty.Certain, "A program of Windows, Linux or macOS",
        "No model, picture or text is a program. Under another name it waits for somebody or something that starts it.")
    { Next = "Do not run it. Delete the file, unless it is a program you looked for and its publisher is one you trust." };

    public static readonly Rule ByteCode = new("program-bytecode", Severity.Dangerous, Certainty.Certain, "A program for a virtual machine: Java, Android or WebAssembly",
        "It runs as soon as such a machine loads it, and no model needs one.")
    { Next = "Do not run it. Delete the file, unless it is a program you looked for and its publisher is one you trust." };

    public static readonly Rule Shortcut = new("program-shortcut", Severity.Dangerous, Certainty.Certain, "A Windows shortcut, which runs what it names when it is opened",
        "A shortcut holds a command line with arguments and can show any picture as its symbol. Nobody shares one with a model.")
    { Next = "Do not open it. Delete the file." };

    public static readonly Rule Eicar = new("program-eicar", Severity.Dangerous, Certainty.Certain, "The standard text for testing virus scanners",
        "It is harmless, and exists so that one can see whether a scanner stops what it must stop.")
    { Next = "Delete the file, or keep it for tests of your own." };

    public static readonly Rule OfficeMacro = new("office-macro", Severity.Dangerous, Certainty.Certain, "An office document with macros",
        "Macros are programs that an office program offers to run when the document is opened.")
    { Next = "Do not open it with macros allowed. Ask its author for the document without them." };

    public static readonly Rule OleDocument = new("ole-document", Severity.Suspicious, Certainty.Certain, "A document or installer in Microsoft's older compound format",
        "Such files can hold embedded programs in ways that are not examined here, and installers are programs themselves.")
    { Next = "Open it in a viewer that runs nothing, or ask for a PDF or text instead." };

    public static readonly Rule OleDisguised = new("ole-disguised", Severity.Dangerous, Certainty.Certain, "A Microsoft compound file under a name that promises something else",
        "Documents with macros and installers have this format; models, pictures and texts never do.")
    { Next = "Delete the file." };

    public static readonly Rule[] All = [Native, ByteCode, Shortcut, Eicar, OfficeMacro, OleDocument, OleDisguised];
}
