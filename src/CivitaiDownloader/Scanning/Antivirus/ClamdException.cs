using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Scanning.Antivirus;

public enum ClamdFault
{
    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>It neither took nor said anything for too long.</summary>
    Silent,

    /// <summary>The connection ended before an answer did.</summary>
    Closed,

    /// <summary>An answer that clamd does not give.</summary>
    Nonsense,

    /// <summary>It answers, and does not find the text that every antivirus finds.</summary>
    NoDatabase,

    /// <summary>It was silent too often and is left alone for a while.</summary>
    LeftAlone,
}

/// <summary>clamd gave no answer that can be believed.</summary>
public sealed class ClamdException(ClamdFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public ClamdFault Fault { get; } = fault;

    public override string Code => FaultName.ToCode($"Antivirus{Fault}");

    public override bool IsTransient => Fault is ClamdFault.Unreachable or ClamdFault.Silent or ClamdFault.Closed or ClamdFault.LeftAlone;
}

/// <summary>Every message of the feature on one screen, without a full stop: most end in a finding. What clamd said is hostile text.</summary>
internal static class ClamdErrors
{
    private const int MostOfAnAnswer = 120;

    public static ClamdException Unreachable(ClamdAddress address, string reason, Exception cause) => new(ClamdFault.Unreachable, $"clamd at {Shown(address)} cannot be reached: {VisibleText.OneLine(reason)}", cause)
    { Hint = $"Start clamd, see that this user may open its socket, or correct Scan:Clamd. {NothingLost}" };

    public static ClamdException Silent(ClamdAddress address, TimeSpan limit) => new(ClamdFault.Silent, $"clamd at {Shown(address)} was silent for {limit.TotalSeconds:0.#} s")
    { Hint = $"See whether it is busy or hangs (clamdtop), or raise Scan:ClamdTimeout. {NothingLost}" };

    public static ClamdException Closed(ClamdAddress address, Exception? cause = null) => new(ClamdFault.Closed, $"clamd at {Shown(address)} closed the connection before it answered", cause)
    { Hint = $"It was stopped or ran out of memory: see its log. {NothingLost}" };

    public static ClamdException Nonsense(ClamdAddress address, string answer) => new(ClamdFault.Nonsense, $"clamd at {Shown(address)} answered what clamd never does: '{Quoted(answer)}'")
    { Hint = $"See whether it is clamd that listens there, and correct Scan:Clamd. {NothingLost}" };

    public static ClamdException NoDatabase(ClamdAddress address) => new(ClamdFault.NoDatabase, $"clamd at {Shown(address)} does not find the EICAR test text: it has no database worth the name")
    { Hint = $"Run freshclam, then restart clamd. {NothingLost}" };

    public static ClamdException LeftAlone(ClamdAddress address) => new(ClamdFault.LeftAlone, $"clamd at {Shown(address)} was silent again and again and is left alone for a minute")
    { Hint = $"See whether it is busy or hangs (clamdtop). {NothingLost}" };

    public static string Quoted(string answer) => VisibleText.OneLine(answer, MostOfAnAnswer);

    private const string NothingLost = "Nothing was changed.";

    private static string Shown(ClamdAddress address) => VisibleText.OneLine(address.Text);
}
