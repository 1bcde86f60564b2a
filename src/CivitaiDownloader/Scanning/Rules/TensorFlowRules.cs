namespace CivitaiDownloader.Scanning.Rules;

internal static class TensorFlowRules
{
    public static readonly Rule PythonOperation = new("tensorflow-python-operation", Severity.Dangerous, Certainty.Certain, "An operation that calls Python",
        "The graph calls a Python function of the process that runs it.")
    { Next = "Do not load the model." };

    public static readonly Rule FileOperation = new("tensorflow-file-operation", Severity.Dangerous, Certainty.Certain, "An operation that reads or writes files",
        "Graphs run when the model is used, some when it is loaded. This one reads or writes files of the user, which models have no need to.")
    { Next = "Do not load the model." };

    public static readonly Rule NetworkOperation = new("tensorflow-network-operation", Severity.Dangerous, Certainty.Certain, "An operation that talks to other machines",
        "The graph sends or fetches data over the network when it runs.")
    { Next = "Do not load the model." };

    public static readonly Rule AssetPath = new("tensorflow-asset-path", Severity.Dangerous, Certainty.Certain, "An asset outside the model's folder",
        "Saved models name the files that belong to them. A name that climbs out of the folder reads other files of the user.")
    { Next = "Do not load the model." };

    public static readonly Rule[] All = [PythonOperation, FileOperation, NetworkOperation, AssetPath];
}
