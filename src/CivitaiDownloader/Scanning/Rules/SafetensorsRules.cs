namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What a safetensors file must keep. Each is something the reference reader refuses (huggingface/safetensors, safetensors/src/tensor.rs), unless it says otherwise.</summary>
internal static class SafetensorsRules
{
    private const string Next = "Do not load the file. Fetch it again, and compare its hash with the one its site gives; if it is the same, have it saved anew by its author.";

    public static readonly Rule Header = new("safetensors-header", Severity.Suspicious, Certainty.Certain, "The header is not what the format allows",
        "The header is a length and strict JSON: one object, no name twice, exactly three fields for each tensor, text as metadata. Readers that forgive more can be led to read another file than the one that was checked.")
    { Next = Next };

    public static readonly Rule Offsets = new("safetensors-offsets", Severity.Suspicious, Certainty.Certain, "The tensors do not lie end to end in the data",
        "Overlaps, holes and places beyond the end let a file hide data, or make a reader take memory that is not the file's.")
    { Next = Next };

    public static readonly Rule Size = new("safetensors-size", Severity.Suspicious, Certainty.Certain, "A tensor's type and shape ask for another number of bytes than it has",
        "A reader that believes the shape reads beyond the tensor.")
    { Next = Next };

    public static readonly Rule LeadingSpace = new("safetensors-leading-space", Severity.Suspicious, Certainty.Possible, "White space stands before the header's object",
        "The format wants the object to begin at once, so that no other kind of file can begin like this one; the reference reader takes it all the same.")
    { Next = Next };

    public static readonly Rule[] All = [Header, Offsets, Size, LeadingSpace];
}
