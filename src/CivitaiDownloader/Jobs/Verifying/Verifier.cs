using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Verifying;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Verifying;

/// <summary>Reads files again and holds them against what is known of them: the library's history, then what lies beside them, then Civitai.</summary>
public sealed class Verifier(LibraryStore library, VerifyRuns runs, Identifier identifier)
{
    private static readonly StringComparer FileNames = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public VerifyPlan Plan(VerifyRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = request.Paths.Count > 0 ? request.Paths : [library.Root];
        var names = new RealNames(); // a library may be reached by another way than the one its files were placed by
        var history = library.Placed(paths).GroupBy(file => names.Of(file.Path), FileNames).ToDictionary(copies => copies.Key, copies => copies.Last(), FileNames);
        // A library nobody has put anything into is no mistake.
        var found = request.Paths.Count == 0 && !Directory.Exists(library.Root) ? FoundFiles.None : FileFinder.Find(paths, request.Selection, cancellationToken);
        var files = found.Files.Where(file => !(IsGone(file) && history.ContainsKey(names.Of(file.Path)))).ToList();
        var seen = files.Select(file => names.Of(file.Path)).ToHashSet(FileNames);
        var missing = new List<LibraryFile>();
        foreach (var placed in history.Where(placed => !seen.Contains(placed.Key)).Select(placed => placed.Value))
        {
            if (FileFinder.At(placed.Path) is var file && IsGone(file)) missing.Add(placed);
            else files.Add(file);
        }

        var expected = new Dictionary<string, LibraryFile>(FileNames);
        foreach (var file in files)
        {
            if (history.TryGetValue(names.Of(file.Path), out var placed)) expected[file.Path] = placed;
        }

        var scope = string.Join('\n', paths.Select(Path.GetFullPath).Order(StringComparer.Ordinal).Append(request.Selection.ToString().ToLowerInvariant()));
        return new(request, files, missing, runs.Begin(scope, request.Start)) { Expected = expected, Skipped = found.Skipped };
    }

    /// <param name="meter">Read it at any time to show progress.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the run stays open and goes on at the next start.</exception>
    public async Task<VerifyReport> RunAsync(VerifyPlan plan, HashMeter meter, CancellationToken cancellationToken)
    {
        var hashed = await plan.Run.HashAsync(plan.Files, plan.Request.Readers, meter, cancellationToken);
        var compared = hashed.Select(file => Compare(file, plan)).ToArray();
        var asked = await identifier.IdentifyAsync([.. compared.Where(NeedsCivitai).Select(file => file.Sha256!.Value).Distinct()], plan.Request.Cache, cancellationToken);
        VerifiedFile[] files = [.. compared.Select(file => NeedsCivitai(file) ? Settle(file, asked) : file), .. plan.Missing.Select(Missing)];
        var failure = files.Any(file => file.Error is not null && file.Error == asked.Failure) ? asked.Failure : null;
        if (failure is null) plan.Run.End();
        return new([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], failure);
    }

    private static bool IsGone(FoundFile file) => file.Refusal is { Fault: LibraryFault.NoSuchPath };

    private static VerifiedFile Compare(HashedFile hashed, VerifyPlan plan)
    {
        var file = hashed.File;
        var result = new VerifiedFile(file.Path, file.Shown, VerifyStatus.Unverifiable) { Bytes = file.Refusal is null ? file.Stamp.Bytes : null, Sha256 = hashed.Sha256, Error = hashed.Refusal };
        if (plan.Expected.TryGetValue(file.Path, out var placed)) return HeldAgainst(result, new(placed.Sha256, placed.Origin), VerifySource.History);
        if (result.IsUnread) return result;
        var beside = SidecarReader.Read(file);
        result = result with { BrokenSidecars = beside.Broken };
        var meant = beside.All.FirstOrDefault(hash => hash.Sha256 == result.Sha256) ?? beside.Fitting;
        return meant is null ? result : HeldAgainst(result, meant, VerifySource.Sidecar);
    }

    private static VerifiedFile HeldAgainst(VerifiedFile file, SidecarHash expected, VerifySource source) => file with
    {
        Status = file.Sha256 is not { } sha256 ? VerifyStatus.Unverifiable : sha256 == expected.Sha256 ? VerifyStatus.Verified : VerifyStatus.Damaged,
        Expected = expected.Sha256, Source = source, Origin = expected.Origin,
    };

    private static bool NeedsCivitai(VerifiedFile file) => file.Status == VerifyStatus.Damaged || file is { Status: VerifyStatus.Unverifiable, IsUnread: false };

    private static VerifiedFile Settle(VerifiedFile file, Identification asked)
    {
        var versions = asked.Find(file.Sha256!.Value);
        if (versions is [var known, ..])
        {
            // History says what the library put there: other content is wrong there, though it may be good elsewhere. A sidecar may simply be older than its file.
            return file.Source == VerifySource.History
                ? file with { ReplacedBy = known }
                : file with { Status = VerifyStatus.Verified, Expected = file.Sha256, Source = VerifySource.Civitai, Origin = new(known.Model?.Value, known.Version.Value, known.File?.Value) };
        }

        return versions is null && file.Status == VerifyStatus.Unverifiable ? file with { Error = asked.Failure } : file;
    }

    private static VerifiedFile Missing(LibraryFile placed) => new(placed.Path, placed.Path, VerifyStatus.Missing)
    { Bytes = placed.Bytes, Expected = placed.Sha256, Source = VerifySource.History, Origin = placed.Origin };
}
