namespace CivitaiDownloader.Scanning.Rules;

/// <summary>Rules for Keras configurations, wherever they stand, and for the HDF5 files that often hold them.</summary>
internal static class KerasRules
{
    public static readonly Rule Lambda = new("keras-lambda", Severity.Dangerous, Certainty.Certain, "A Lambda layer that brings its own code",
        "The configuration holds Python byte code or source, which runs when the model is loaded or used (CVE-2024-3660, CVE-2025-9905).")
    { Next = "Do not load the model, or rebuild it from its author's source and load only the weights." };

    public static readonly Rule PythonModule = new("keras-python-module", Severity.Dangerous, Certainty.Certain, "A configuration that names a part of Python's own library",
        "Keras imports the module that a configuration names and calls what it finds there. No model needs modules that run programs or reach files (CVE-2025-1550).")
    { Next = "Do not load the model." };

    public static readonly Rule ForeignModule = new("keras-foreign-module", Severity.Suspicious, Certainty.Likely, "A configuration that names a module from outside Keras",
        "Loading imports that module. Whether it is harmless depends on what is installed.")
    { Next = "Find out which package it is, and load the model only with that one registered by hand." };

    public static readonly Rule UnsafeFunction = new("keras-unsafe-function", Severity.Dangerous, Certainty.Certain, "A configuration that calls a function which fetches, reads or loads",
        "Some functions of Keras and TensorFlow download files, switch its protection off or load other models. A configuration that names them makes the load do so (CVE-2025-8747, CVE-2025-9906).")
    { Next = "Do not load the model." };

    public static readonly Rule WrappedModel = new("keras-wrapped-model", Severity.Dangerous, Certainty.Certain, "A layer that loads a model of another kind",
        "Such wrappers hold a pickle or the path of another model, which is loaded without the checks of Keras (CVE-2025-49655).")
    { Next = "Do not load the model." };

    public static readonly Rule VocabularyPath = new("keras-vocabulary-path", Severity.Dangerous, Certainty.Likely, "A layer that reads its vocabulary from a path",
        "Saved layers hold their words. One that names a file instead reads whatever file of the user or of a server that is, when the model is loaded (CVE-2025-12058).")
    { Next = "Do not load the model." };

    public static readonly Rule ExternalPath = new("hdf5-external-path", Severity.Dangerous, Certainty.Certain, "Data is taken from a file outside the model's folder",
        "HDF5 can take data from other files. A name that climbs out of the folder or begins at the root reads other files of the user.")
    { Next = "Do not load the file." };

    public static readonly Rule ExternalFile = new("hdf5-external-file", Severity.Suspicious, Certainty.Certain, "Data is taken from another file",
        "HDF5 can take data from other files. Saved models do not, and what that file is cannot be seen here.")
    { Next = "Ask the author for a file that is whole." };

    public static readonly Rule UnknownFilter = new("hdf5-unknown-filter", Severity.Suspicious, Certainty.Likely, "Data that only an added filter can read",
        "HDF5 loads a library for every filter that it does not have built in.")
    { Next = "Have the file saved without that filter." };

    public static readonly Rule[] All = [Lambda, PythonModule, ForeignModule, UnsafeFunction, WrappedModel, VocabularyPath, ExternalPath, ExternalFile, UnknownFilter];
}
