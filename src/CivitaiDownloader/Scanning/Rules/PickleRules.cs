namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What a pickle may do when it is loaded.</summary>
internal static class PickleRules
{
    private const string Safer = "Look for the same model as .safetensors, which cannot carry code.";

    public static readonly Rule DangerousImport = new("pickle-dangerous-import", Severity.Dangerous, Certainty.Certain, "A pickle imports something that runs code or reaches files, the network or other names",
        "A pickle is a program: loading it imports what it names and calls it with arguments of its choice. No model needs this name.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule UnknownImport = new("pickle-unknown-import", Severity.Suspicious, Certainty.Possible, "A pickle imports something that no list knows",
        "Loading the file imports this name and may call it. It can be a harmless class of the program that saved the model, or anything else that is installed.")
    { Next = "Load it only when you trust both the file's author and the package that it names. " + Safer };

    public static readonly Rule DottedName = new("pickle-dotted-name", Severity.Dangerous, Certainty.Certain, "A pickle walks from a name to its attributes",
        "A dotted name leads from a harmless module or class to whatever it holds, such as the modules it has imported itself. Checkpoints name classes directly.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule ComputedName = new("pickle-computed-name", Severity.Dangerous, Certainty.Certain, "A pickle imports a name that it computes while it is loaded",
        "The name is not written in the file but put together by its opcodes, so that nobody can read it. Nothing that saves models does so.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule ExtensionCode = new("pickle-extension-code", Severity.Suspicious, Certainty.Certain, "A pickle imports by a number of the extension registry",
        "What the number stands for is set by the programs that run, not by the file, so it cannot be judged. Model savers never use it.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule PersistentId = new("pickle-persistent-id", Severity.Suspicious, Certainty.Likely, "A pickle asks its loader for an object by a persistent id, outside a checkpoint",
        "Only the program that saved it knows what it gets. In checkpoints such ids stand for the tensors' storages; here there are none.")
    { Next = "Load it only with the program that saved it. " + Safer };

    public static readonly Rule OddCall = new("pickle-odd-call", Severity.Suspicious, Certainty.Certain, "A pickle calls something that is no imported name",
        "It calls what another call returned, or a constant. What that does cannot be told from the file.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule ChangesImport = new("pickle-changes-import", Severity.Dangerous, Certainty.Certain, "A pickle sets attributes of an imported class, function or module",
        "BUILD and item assignment on an imported object change it for the whole program: a method that is called later can be replaced that way.")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule OddTarget = new("pickle-odd-target", Severity.Suspicious, Certainty.Certain, "A pickle fills or builds something that cannot be filled or built",
        "Loaders check what they add items to or set the state of only loosely; the wrong kind of object has corrupted their memory (CVE-2026-24747).")
    { Next = "Do not load the file. " + Safer };

    public static readonly Rule Nested = new("pickle-nested", Severity.Suspicious, Certainty.Likely, "A pickle keeps a whole other file in one of its values",
        "A pickle, an archive or a compressed stream kept as bytes is passed by scanners that do not look into values, and loaded by a later step.")
    { Next = "Do not load the file unless you know why it holds another one." };

    public static readonly Rule MemoryClaim = new("pickle-memory-claim", Severity.Suspicious, Certainty.Certain, "A pickle makes its loader reserve memory for nothing",
        "Loaders keep numbered objects in an array as long as the highest number. A number of thousands of millions ends the program, or the machine.")
    { Next = "Do not load the file." };

    public static readonly Rule DoublingBomb = new("pickle-doubling-bomb", Severity.Suspicious, Certainty.Likely, "A pickle's values hold each other again and again",
        "A few lists that each hold the one before twice become thousands of millions of items for whoever walks, copies or prints them.")
    { Next = "Do not load the file." };

    public static readonly Rule[] All = [DangerousImport, UnknownImport, DottedName, ComputedName, ExtensionCode, PersistentId, OddCall, ChangesImport, OddTarget, Nested, MemoryClaim, DoublingBomb];
}
