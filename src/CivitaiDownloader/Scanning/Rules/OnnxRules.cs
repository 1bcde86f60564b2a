namespace CivitaiDownloader.Scanning.Rules;

internal static class OnnxRules
{
    public static readonly Rule ExternalPath = new("onnx-external-path", Severity.Dangerous, Certainty.Certain, "Weights are taken from a file outside the model's folder",
        "A model may keep weights in files beside it. A location that climbs out of the folder or names a place on the disk reads other files of the user into the model (CVE-2022-25882, CVE-2024-27318).")
    { Next = "Do not load the model." };

    public static readonly Rule ExternalData = new("onnx-external-data", Severity.Note, Certainty.Certain, "Weights are taken from a file beside the model",
        "The model is not whole without that file. It lies in the same folder, as it should.")
    { Next = "Keep both files together." };

    public static readonly Rule PythonOperator = new("onnx-python-operator", Severity.Dangerous, Certainty.Likely, "An operator that calls Python",
        "Runtimes built with Python interoperation run the function that the node names.")
    { Next = "Do not load the model." };

    public static readonly Rule CustomOperator = new("onnx-custom-operator", Severity.Suspicious, Certainty.Likely, "An operator that standard runtimes do not have",
        "The model needs a library that brings the operator along, and libraries are programs. What the operator does cannot be seen in the model.")
    { Next = "Find out which library it needs, and whether that one is to be trusted." };

    public static readonly Rule[] All = [ExternalPath, ExternalData, PythonOperator, CustomOperator];
}
