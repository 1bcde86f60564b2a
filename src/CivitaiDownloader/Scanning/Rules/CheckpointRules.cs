namespace CivitaiDownloader.Scanning.Rules;

/// <summary>What PyTorch checkpoints must keep beyond the rules for pickles and archives.</summary>
internal static class CheckpointRules
{
    private const string Next = "Do not load the file. Have it saved anew by its author, or look for the same model as .safetensors.";

    public static readonly Rule Storage = new("checkpoint-storage", Severity.Suspicious, Certainty.Certain, "A checkpoint's tensor data is not there, or has another size than its pickle says",
        "Loaders trust the number of elements that the pickle gives. Where it differs from the bytes that are there, they read memory that is not the file's (CVE-2025-32434 and its kin).")
    { Next = Next };

    public static readonly Rule ViewBeyondStorage = new("checkpoint-view", Severity.Suspicious, Certainty.Certain, "A tensor reaches beyond the data it is a view of",
        "Offset, shape and strides are numbers in the pickle. A view that does not fit reads or writes memory that is not the tensor's.")
    { Next = Next };

    public static readonly Rule TorchScript = new("checkpoint-torchscript", Severity.Suspicious, Certainty.Certain, "A TorchScript archive: it carries code",
        "The members below code/ are program text that PyTorch runs. They can read and write files, and this scanner does not judge programs.")
    { Next = "Load it only when you trust its author, or look for the weights alone." };

    public static readonly Rule[] All = [Storage, ViewBeyondStorage, TorchScript];
}
