using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>The languages that are known by their look.</summary>
internal static class ScriptLanguages
{
    // Lines are short and patterns simple, so none costs more than the square of a line. Patterns that cannot go back at all
    // (NonBacktracking) took 60 MB and a third of a second to build.
    private const RegexOptions Exact = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = Exact | RegexOptions.IgnoreCase;

    // A line that takes longer was made to: it ends as a finding.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private const string Nothing = @"\z.";

    // C and its kin, and Pascal: declarations, calls and ends look the same as in scripts.
    private const string Compiled = @"^\s*#\s*(?:include|define|undef|ifn?def|if|elif|endif|pragma)\b|^\s*[\w.\[\]^]+ *:= *\S|^\s*(?:procedure|unit|program|uses|implementation|interface|begin)\b[ \w,:;()]*$|^\s*(?:using|namespace|package|template)\b[^'""=(]*[;{>]$|^\s*(?:public|private|protected|static|virtual|typedef|extern)\b[^=]*[({;]";

    public static readonly ScriptLanguage[] All =
    [
        Language("a Python script", Exact, needed: 2, share: 85, must: @"^\s*import [A-Za-z_]|^\s*from [\w.]+ import|^\s*(?:async )?def \w+\(.*:|^class \w+.*:$|\b(?:__import__|exec|eval)\(", marks:
            [@"^\s*import [A-Za-z_][\w.]*(?: as \w+)?(?:, *[\w.]+(?: as \w+)?)*\s*(?:#.*|;.*)?$|^\s*from [\w.]+ import [\w*(, ]+", @"^\s*(?:async )?def \w+\(|^class \w+ ?(?:\(.*\))?:", @"^[A-Za-z_][\w.]*\(.*\)\s*(?:#.*)?$|; *[a-z_][\w.]*\(", @"^if __name__ ?==", @"^\s+(?:self\.\w|return\b)", @"\b(?:__import__|exec|eval)\("],
            line: @"^\s*(?:#|@\w|[)\]}'""]|(?:import|from|def|class|if|elif|else|for|while|try|except|finally|with|return|raise|yield|pass|break|continue|assert|del|global|nonlocal|async|await)\b)|^\s+\S|^[\w.\[\]'"", ]+[-+*/|&%]?=|^[\w.]+\("),
        Language("a PowerShell script", AnyCase, needed: 2, share: 60,
            [@"^\s*param\s*\(", @"\b(?:Write|Get|Set|New|Start|Stop|Remove|Add|Import|Test|Out|Select|Where|ForEach|Copy|Move|Read|Join|Install|Expand|Unblock)-[A-Z][a-z]\w+", @"\bInvoke-\w+|\biex\b|\biwr\b", @"\$\w+\s*=", @"^\s*function [\w-]+", @"\$env:", @"\[[A-Z]\w*(?:\.\w+)+\]"],
            @"\$|^\s*[#{}]|^\s*param\b|[A-Za-z]-[A-Z]|^\s*function\b|\biex\b"),
        Language("a Visual Basic script", AnyCase, needed: 2, share: 50,
            [@"\b(?:Create|Get)Object\s*\(", @"^\s*Set \w+ *= ", @"\bWScript\.", @"^\s*Dim \w+", @"^\s*Option Explicit", @"^\s*On Error Resume Next", @"^\s*(?:Sub|Function) \w+", @"^\s*End (?:Sub|Function|If)", @"^\s*MsgBox\b"],
            @"^\s*'|^\s*(?:Set|Dim|Const|Option|On Error|Sub|Function|End|If|Else|For|Next|Do|Loop|MsgBox|WScript|Execute)\b|^\s*\w+\.\w+|^\s*\w+ *= "),
        Language("a JavaScript", Exact, needed: 2, share: 70,
            [@"^\s*(?:var|let|const) [\w$ ,{}]+=", @"\bnew ActiveXObject\s*\(|\bWScript\.", @"^\s*(?:async )?function\b.*\(|=> *\{", @"^\s*[\w$]+(?:\.[\w$]+)*\(.*\); *$", @"\brequire\s*\(", @"\bconsole\.\w+\(", @"^export (?:default|const|function|class)\b|^import .* from ['""]", @"\b(?:document|window|module\.exports)\b[.= ]", @"\beval\s*\("],
            @"[;{},]\s*$|^\s*(?://|/\*|[})\]])|^\s+\*|\*/", foreign: Compiled),
        Language("a batch file", AnyCase, needed: 3, share: 60,
            [@"^\s*@?set (?:/[ap] )?""?\w+=", @"^\s*goto :?\w+$", @"^\s*if (?:not )?(?:exist|errorlevel|defined|""?%)", @"^\s*call :?\w", @"^:\w+$", @"^\s*@?rem ", @"^\s*for /[fdlr] ", @"%~dp0|%\w+%", @"^\s*pause\b", @"^\s*cd /d "],
            @"^\s*@?(?:set|goto|if|call|rem|for|pause|cd|echo|exit|start|del|copy|move|xcopy|mkdir|md|python|pip|git|powershell|endlocal|setlocal|title|cls)\b|^\s*[:)@]|%"),
        Language("a shell script", Exact, needed: 3, share: 75,
            [@"^\s*(?:if|while|until) +(?:\[|!|test |command )", @"^\s*(?:fi|done|esac)\b", @"^\s*(?:then|do)\b|;\s*(?:then|do)$", @"\$\(|`\w+", @"^set -[euxo]", @"^export \w+=", @"\|\s*(?:ba|z|da)?sh\b", @"^\s*(?:curl|wget|chmod|sudo|rm) ", @"/dev/null", @"^[A-Za-z_]\w*=\S", @"\$\{?\w"],
            @"^\s*(?:#|[{}]|[A-Za-z_]\w*=|\w+\(\)|(?:if|then|else|elif|fi|for|while|do|done|case|esac|export|echo|cd|set|source|mkdir|rm|cp|mv|curl|wget|chmod|sudo|apt|apt-get|pip|pip3|python|python3|git|exit|return|local|function|tar|unzip|bash|sh|exec|eval|nohup|sleep|printf|read|trap)\b)"),
        Language("a Perl script", Exact, needed: 2, share: 60, [@"^use (?:strict|warnings|[A-Z]\w+(?:::\w+)+)", @"^\s*(?:my|our) [$@%]\w+", @"^sub \w+ *\{", @"^\s*(?:print|system|exec)\b.*;$"], @";\s*$|^\s*[#{}]|\{\s*$"),
        Language("a Ruby script", Exact, needed: 3, share: 60, [@"^require(?:_relative)? ['""]", @"^\s*def \w+", @"^\s*end$", @"^\s*puts\b", @"\bdo \|\w"], @"^\s*(?:#|require|def|end|puts|class|module|if|else|@)|=|\(|^\s+\S"),
        Language("a Lua script", Exact, needed: 2, share: 60, [@"^\s*local \w+(?:, *\w+)* *=", @"^\s*(?:local )?function [\w.:]*\(", @"^\s*end\b,?\)?$", @"\bos\.execute\b|\bio\.popen\b"], @"^\s*(?:--|local|function|end|if|for|return|else)|=|\(", foreign: Compiled),
    ];

    private static ScriptLanguage Language(string name, RegexOptions options, int needed, int share, string[] marks, string line, string must = "", string foreign = Nothing) => new(name, [.. marks.Select(mark => new Regex(mark, options, Longest))], needed, new(line, options, Longest), share) { Must = new(must, options, Longest), Foreign = new(foreign, options, Longest) };
}
