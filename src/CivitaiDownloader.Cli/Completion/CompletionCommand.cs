using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Completion;

/// <summary><c>civitai-dl completion bash|zsh|fish|pwsh</c></summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private static readonly Argument<string> Shell = new("SHELL") { Description = $"One of {string.Join(", ", Shells)}.", CustomParser = result => Parsing.OneOf("shell", Shells)(result)! };

    public static Command Make()
    {
        var command = new DocumentedCommand("completion", "Prints a script with which a shell completes commands, options, values and the ids of models seen lately.",
            [
                new("mkdir -p ~/.local/share/bash-completion/completions && civitai-dl completion bash > ~/.local/share/bash-completion/completions/civitai-dl", "bash, with the package bash-completion"),
                new("mkdir -p ~/.zfunc && civitai-dl completion zsh > ~/.zfunc/_civitai-dl", "zsh, with fpath+=~/.zfunc before compinit in ~/.zshrc"),
                new("mkdir -p ~/.config/fish/completions && civitai-dl completion fish > ~/.config/fish/completions/civitai-dl.fish", "fish"),
                new("mkdir -p ~/.config/powershell && civitai-dl completion pwsh >> ~/.config/powershell/Microsoft.PowerShell_profile.ps1", "PowerShell"),
            ],
            "Or for one session: source <(civitai-dl completion bash)",
            [ExitCodes.Done, ExitCodes.Usage])
        {
            Shell,
        };
        Shell.CompletionSources.Add(Shells);
        command.SetAction(Invocation.Action((invocation, _) =>
        {
            invocation.Screen.Output.Write(Script(invocation.Parse.GetValue(Shell)!));
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => CompletionScripts.Bash,
        "zsh" => CompletionScripts.Zsh,
        "fish" => CompletionScripts.Fish,
        _ => CompletionScripts.PowerShell,
    };
}
