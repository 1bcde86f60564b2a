using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CivitaiDownloader.Bench;

/// <summary>What a process took: wall seconds, CPU seconds of it and its children, peak resident MiB.</summary>
internal readonly record struct Took(double Wall, double Cpu, double PeakMiB)
{
    /// <summary>Of a process that did not do its work.</summary>
    public static Took Forever { get; } = new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>One after the other.</summary>
    public Took Then(Took next) => new(Wall + next.Wall, Cpu + next.Cpu, Math.Max(PeakMiB, next.PeakMiB));
}

/// <summary>Runs a process and waits for it with wait4(2), which tells what it used. Linux.</summary>
internal static partial class ChildProcess
{
    /// <summary>Peak memory is told by GNU time, a small process between: wait4 alone would count what this one had in memory when the child was forked.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static Took Measure(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var note = Path.GetTempFileName();
        try
        {
            var took = Run("time", ["-q", "-f", "%M", "-o", note, program, .. arguments], variables);
            return took with { PeakMiB = double.Parse(File.ReadAllText(note), System.Globalization.CultureInfo.InvariantCulture) / 1024 };
        }
        finally
        {
            File.Delete(note);
        }
    }

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static Took Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        // posix_spawn and wait4 of our own: System.Diagnostics.Process would reap the child, and its usage with it.
        var argv = new[] { program }.Concat(arguments).ToArray();
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) environment[name] = value;
        var start = Stopwatch.GetTimestamp();
        var pid = Spawn(program, argv, [.. environment.Select(entry => $"{entry.Key}={entry.Value}")]);
        var usage = new long[36];
        if (Wait4(pid, out var status, 0, usage) != pid) throw new InvalidOperationException("wait4 failed.");
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (status != 0) throw new InvalidOperationException($"{string.Join(' ', argv)} ended with {(status >> 8) & 0xFF}.");
        var cpu = usage[0] + (usage[1] / 1e6) + usage[2] + (usage[3] / 1e6);
        return new(wall, cpu, PeakMiB: 0);
    }

    private static int Spawn(string program, string[] argv, string[] environment)
    {
        var actions = Marshal.AllocHGlobal(256);
        try
        {
            _ = FileActionsInit(actions);
            _ = FileActionsAddOpen(actions, 0, "/dev/null", 0, 0);
            _ = FileActionsAddOpen(actions, 1, "/dev/null", 1, 0);
            var error = PosixSpawn(out var pid, program, actions, 0, [.. argv, null], [.. environment, null]);
            return error == 0 ? pid : throw new InvalidOperationException($"'{program}' cannot be started: {Marshal.GetPInvokeErrorMessage(error)}");
        }
        finally
        {
            Marshal.FreeHGlobal(actions);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int pid, string file, nint actions, nint attributes, string?[] argv, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActionsInit(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileActionsAddOpen(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "wait4")]
    private static partial int Wait4(int pid, out int status, int options, [Out] long[] usage);
}
