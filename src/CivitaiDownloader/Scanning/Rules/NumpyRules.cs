namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What a numpy array file must keep.</summary>
internal static class NumpyRules
{
    public static readonly Rule Header = new("numpy-header", Severity.Suspicious, Certainty.Certain, "The header of a numpy file is not a plain description of an array",
        "The header is a Python literal of three entries. Readers have evaluated it as an expression, which runs whatever it says; what is no literal, or is larger than numpy takes, was not written by numpy.")
    { Next = "Do not load the file." };

    public static readonly Rule Size = new("numpy-size", Severity.Suspicious, Certainty.Certain, "A numpy file has fewer bytes than its shape asks for",
        "It was cut off, or its shape is made to have memory reserved that nothing fills.")
    { Next = "Fetch the file again, and compare its hash with the one its site gives." };

    public static readonly Rule[] All = [Header, Size];
}
