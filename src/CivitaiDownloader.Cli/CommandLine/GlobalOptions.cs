using System.CommandLine;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>What every command understands.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output; errors as JSON on standard error.", Recursive = true };
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Say nothing but results, errors, and how old a result from the cache is.", Recursive = true };
    public static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Say what is done, on standard error.", Recursive = true };
    public static readonly Option<bool> NoColor = new("--no-color") { Description = "No colours (also NO_COLOR).", Recursive = true };
    public static readonly Option<bool> NoCache = new("--no-cache") { Description = "Ask Civitai anew instead of using answers of the last minutes.", Recursive = true };
    public static readonly Option<bool> Offline = new("--offline") { Description = "Ask nobody: show what was fetched before, whatever its age. Nothing is downloaded.", Recursive = true };
    public static readonly Option<string?> Endpoint = new("--endpoint") { Description = "The site to ask (CIVITAI_ENDPOINT; default https://civitai.com).", HelpName = "URL", Recursive = true };
    public static readonly Option<string?> Home = new("--home") { Description = "Where the database, config.json and the stored key are (CIVITAI_DL_HOME).", HelpName = "DIR", Recursive = true };
    public static readonly Option<string?> Library = new("--library") { Description = "Where models are kept (CIVITAI_DL_LIBRARY; default ~/civitai).", HelpName = "DIR", Recursive = true };

    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "Change a setting for this run, such as Library:Template={type}/{fileName}. Also CIVITAI_DL_LIBRARY__TEMPLATE, or config.json; `civitai-dl config list` shows every setting.", HelpName = "KEY=VALUE", Recursive = true, AllowMultipleArgumentsPerToken = false,
    };

    public static IEnumerable<Option> All => [Json, Quiet, Verbose, NoColor, NoCache, Offline, Endpoint, Home, Library, Set];
}
