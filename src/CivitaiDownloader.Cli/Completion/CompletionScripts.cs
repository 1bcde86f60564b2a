namespace CivitaiDownloader.Cli.Completion;

/// <summary>
/// What each shell runs at a tab. All ask the program itself (<see cref="CompletionAnswer"/>), so they never go out of date; none evaluates what comes back.
/// </summary>
internal static class CompletionScripts
{
    // Bash splits words at = : @ where COMP_WORDBREAKS has them, and replaces only what is behind the last one.
    public const string Bash = """
        # bash completion for civitai-dl
        _civitai_dl() {
            local line="${COMP_LINE:0:COMP_POINT}" current text about before="" mark
            local -a words=()
            read -ra words <<<"$line"
            [[ $line == *[[:space:]] ]] && words+=("")
            current="${words[${#words[@]}-1]}"
            for mark in = : @; do
                [[ $COMP_WORDBREAKS == *"$mark"* && $current == *"$mark"* ]] || continue
                text="${current%"$mark"*}$mark"
                (( ${#text} > ${#before} )) && before=$text
            done
            COMPREPLY=()
            while IFS=$'\t' read -r text about; do
                case $text in
                    :files) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("${text#"$before"}"); done < <(compgen -f -- "$current") ;;
                    :folders) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("${text#"$before"}"); done < <(compgen -d -- "$current") ;;
                    *=) compopt -o nospace 2>/dev/null; COMPREPLY+=("${text#"$before"}") ;;
                    *" "*) COMPREPLY+=("$(printf '%q' "${text#"$before"}")") ;;
                    *) COMPREPLY+=("${text#"$before"}") ;;
                esac
            done < <("${words[0]/#\~/$HOME}" __complete "${words[@]:1}" 2>/dev/null)
        }
        complete -F _civitai_dl civitai-dl

        """;

    public const string Zsh = """
        #compdef civitai-dl
        # zsh completion for civitai-dl
        _civitai-dl() {
            local -a described
            local line text
            while IFS= read -r line; do
                case $line in
                    :files) _files ;;
                    :folders) _files -/ ;;
                    *)
                        text=${line%%$'\t'*}
                        if [[ $line == *$'\t'* ]]; then described+=("${text//:/\\:}:${line#*$'\t'}"); else described+=("${text//:/\\:}"); fi ;;
                esac
            done < <("${words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)
            (( $#described )) && _describe -V civitai-dl described
        }
        if [[ $funcstack[1] == _civitai-dl ]]; then _civitai-dl "$@"; else compdef _civitai-dl civitai-dl; fi

        """;

    public const string Fish = """
        # fish completion for civitai-dl
        function __civitai_dl_complete
            set -l words (commandline -opc) (commandline -ct)
            set -l current (commandline -ct)
            for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
                switch $line
                    case :files
                        __fish_complete_path $current
                    case :folders
                        __fish_complete_directories $current
                    case '*'
                        printf '%s\n' $line
                end
            end
        end
        complete -c civitai-dl -f -a '(__civitai_dl_complete)'

        """;

    public const string PowerShell = """
        # PowerShell completion for civitai-dl
        Register-ArgumentCompleter -Native -CommandName civitai-dl -ScriptBlock {
            param($word, $ast, $cursor)
            $words = @($ast.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
            $rest = @($words | Select-Object -Skip 1)
            if ($word -eq '') { $rest += '' }
            & $words[0] __complete @rest 2>$null | ForEach-Object {
                $text, $about = $_ -split "`t", 2
                if ($text -eq ':files') { Get-ChildItem "$word*" -Name | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) } }
                elseif ($text -eq ':folders') { Get-ChildItem "$word*" -Name -Directory | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) } }
                else {
                    $insert = if ($text -match '\s') { "'" + $text.Replace("'", "''") + "'" } else { $text }
                    [System.Management.Automation.CompletionResult]::new($insert, $text, 'ParameterValue', $(if ($about) { $about } else { $text }))
                }
            }
        }

        """;
}
