using CivitaiDownloader.Scanning.Archives;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Pickles;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Checkpoints;

/// <summary>
/// A checkpoint as PyTorch has written it since 1.6: a zip archive with one folder, in it <c>data.pkl</c>, and for each storage a stored member <c>data/KEY</c>
/// (torch/serialization.py, _save; caffe2/serialize). Storages that the pickle accounts for are passed over; every other member is looked into.
/// </summary>
internal sealed class CheckpointArchive(ScanItem item, ScanState state, List<(ZipEntry Listed, ZipEntry? Header)> members)
{
    private const string Pickle = "data.pkl";

    private readonly string _folder = FolderOf(members.Find(member => IsPickle(member.Listed.Name)).Listed.Name);

    public static bool IsOne(IEnumerable<string> names) => names.Any(IsPickle);

    public void Inspect()
    {
        var storages = new StorageTable();
        var data = new Dictionary<string, (ZipEntry Listed, ZipEntry Header)>();
        var isScript = false;
        foreach (var (listed, header) in members)
        {
            if (state.IsSpent) return;
            if (header is null || listed.IsFolder) continue;
            isScript |= listed.Name.StartsWith(_folder + "code/", StringComparison.Ordinal);
            if (listed.Name == _folder + Pickle) ReadPickle(listed, header, storages);
            else if (listed.Name.StartsWith(_folder + "data/", StringComparison.Ordinal) && data.TryAdd(listed.Name[(_folder.Length + 5)..], (listed, header))) continue;
            else ZipMember.Inspect(item, state, listed, header);
        }

        if (isScript) state.Report(CheckpointRules.TorchScript, item, "it holds program text below code/");
        CheckStorages(storages, data);
    }

    private static bool IsPickle(string name) => name == Pickle || (name.EndsWith("/" + Pickle, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - Pickle.Length - 1);

    private static string FolderOf(string name) => name[..^Pickle.Length];

    private void ReadPickle(ZipEntry listed, ZipEntry header, StorageTable storages)
    {
        if (listed.ClaimsEncryption || listed.Method != header.Method)
        {
            ZipMember.Inspect(item, state, listed, header);
            return;
        }

        var part = ZipMember.Part(item, listed, header);
        state.Guard(part, () => ZipMember.Read(item, state, listed, header, source =>
        {
            var pickle = part with { Source = source };
            if (ContentMarks.Of(source) is [] or [ContentKind.Pickle]) state.Guard(pickle, () => PickleReader.Read(pickle, state, storages));
            else state.Inspect(pickle);
        }));
    }

    // PyTorch never compresses a storage and takes one all the same: so it is after the archive was packed anew.
    private void ReadCompressed(ZipEntry listed, ZipEntry header)
    {
        var part = ZipMember.Part(item, listed, header);
        state.Guard(part, () => ZipMember.Read(item, state, listed, header, numbers => WeightBytes.Look(part with { Source = numbers }, state, 0, numbers.Length)));
    }

    private void CheckStorages(StorageTable storages, Dictionary<string, (ZipEntry Listed, ZipEntry Header)> data)
    {
        foreach (var (key, storage) in storages.Storages)
        {
            if (!data.Remove(key, out var member))
            {
                state.Report(CheckpointRules.Storage, item, $"storage {MemberNames.Shown(key)} is not in the archive", element: key);
                continue;
            }

            if (storage.Bytes is not { } bytes || bytes != member.Listed.Bytes) state.Report(CheckpointRules.Storage, item, $"storage {MemberNames.Shown(key)} has {member.Listed.Bytes} bytes in the archive and {storage.Elements} elements of {storage.Width} by the pickle", member.Header.HeaderAt, key);
            else if (member.Listed is { Method: 0, ClaimsEncryption: false } && member.Header.Method == 0) WeightBytes.Look(item, state, member.Header.DataAt, member.Listed.PackedBytes);
            else if (member.Listed.ClaimsEncryption || member.Listed.Method != member.Header.Method) ZipMember.Inspect(item, state, member.Listed, member.Header);
            else ReadCompressed(member.Listed, member.Header);
        }

        // Nothing refers to these: they are whatever they are.
        foreach (var (listed, header) in data.Values)
        {
            if (state.IsSpent) return;
            ZipMember.Inspect(item, state, listed, header);
        }
    }
}
