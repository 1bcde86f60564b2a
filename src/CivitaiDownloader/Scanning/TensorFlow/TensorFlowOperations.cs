using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.TensorFlow;

/// <summary>Operations that reach beyond the graph. Saving and restoring variables and reading a vocabulary among the assets are in every saved model and are not here.</summary>
internal static class TensorFlowOperations
{
    private static readonly HashSet<string> Python = new(StringComparer.Ordinal) { "PyFunc", "PyFuncStateless", "EagerPyFunc", "PyCall", "ShellExecute", "ExecuteOp", "SystemConfig" };

    private static readonly HashSet<string> Files = new(StringComparer.Ordinal)
    {
        "ReadFile", "WriteFile", "MatchingFiles", "FileSystemSetConfiguration", "LoadAndRemapMatrix", "GenerateVocabRemapping", "WholeFileReader", "TextLineReader", "FixedLengthRecordReader", "TFRecordReader", "LMDBReader",
        "TextLineDataset", "FixedLengthRecordDataset", "TFRecordDataset", "CSVDataset", "SqlDataset", "LMDBDataset", "CacheDataset", "SnapshotDataset", "SnapshotDatasetReader", "SnapshotNestedDatasetReader", "SnapshotChunkDataset", "MatchingFilesDataset",
        "SaveDataset", "LoadDataset", "ListSnapshotChunksDataset", "CreateSummaryFileWriter", "CreateSummaryDbWriter", "ImportEvent", "DeleteFile", "RenameFile", "CopyFile", "LoadLibrary", "LoadPluggableDeviceLibrary", "DatasetToTFRecord", "SaveSlices", "RestoreSlice",
        "ImmutableConst", "RecordInput",
    };

    private static readonly HashSet<string> Network = new(StringComparer.Ordinal)
    {
        "RemoteCall", "RemoteFusedGraphExecute", "Rpc", "TryRpc", "RpcCall", "RpcClient", "RpcServer", "RpcServerStart", "RpcServerRegister", "RpcCheckStatus", "RpcGetValue", "DataServiceDataset", "RegisterDataset",
        "DebugIdentity", "DebugNanCount", "DebugNumericSummary", "BigQueryReader", "GenerateBigQueryReaderPartitions", "KafkaDataset", "WriteKafka", "KinesisDataset", "PubSubDataset", "InitializePubSub", "BigtableClient", "BigtableTable", "GrpcServer", "HttpGet", "HttpPost",
    };

    /// <returns>Null for what stays inside the graph.</returns>
    public static Rule? RuleOf(string operation)
    {
        var name = Plain(operation);
        if (Python.Contains(name) || name.Contains("PyFunc", StringComparison.Ordinal)) return TensorFlowRules.PythonOperation;
        if (Files.Contains(name) || operation.StartsWith("IO>", StringComparison.Ordinal)) return TensorFlowRules.FileOperation;
        return Network.Contains(name) ? TensorFlowRules.NetworkOperation : null;
    }

    // TFRecordDatasetV2 and ExperimentalCSVDataset are later and earlier forms of the same; a reference within a function has its name behind a sign.
    private static string Plain(string operation)
    {
        var name = operation.Trim().TrimStart('^');
        if (name.StartsWith("Experimental", StringComparison.Ordinal)) name = name["Experimental".Length..];
        return name.Length > 2 && char.IsAsciiDigit(name[^1]) && name[^2] == 'V' ? name[..^2] : name;
    }
}
