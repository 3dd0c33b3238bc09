namespace Morula.Cli;

/// <summary>Scripts for shells. Each asks the command itself what could stand at the cursor ([suggest:N], N letters from the start), so that it knows what the command knows.</summary>
internal static class CompletionScripts
{
    // Words after the first are handed over as one; file names are the shell's own affair, where the command knows nothing.
    private const string Bash = """
        # bash completion of morula
        _morula()
        {
            local line="${COMP_LINE:0:COMP_POINT}" current="${COMP_WORDS[COMP_CWORD]}" word
            line="${line#"${COMP_WORDS[0]}"}"
            line="${line#"${line%%[![:space:]]*}"}"
            COMPREPLY=()
            while IFS= read -r word; do
                [[ "$word" == -* && "$current" != -* ]] && continue
                [[ "$word" == "$current"* ]] && COMPREPLY+=("$word")
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
            [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[=.] ]] && compopt -o nospace 2>/dev/null
            return 0
        }
        complete -o default -o bashdefault -F _morula morula

        """;

    private const string Zsh = """
        #compdef morula
        # zsh completion of morula
        _morula()
        {
            local line="${BUFFER[1,CURSOR]}" word
            line="${line#${words[1]}}"
            line="${line##[[:space:]]#}"
            local -a plain open
            for word in ${(f)"$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)"}; do
                [[ "$word" == -* && "$PREFIX" != -* ]] && continue
                if [[ "$word" == *= ]]; then open+=("$word"); else plain+=("$word"); fi
            done
            (( $#plain )) && compadd -- $plain
            (( $#open )) && compadd -S '' -- $open
            (( $#plain + $#open )) || _files
        }
        if [[ "$funcstack[1]" == _morula ]]; then _morula "$@"; else compdef _morula morula; fi

        """;

    private const string Fish = """
        # fish completion of morula
        function __morula_complete
            set -l words (commandline -opc)
            set -l current (commandline -ct)
            set -l line (string join ' ' -- $words[2..-1] $current)
            test (count $words) -le 1; and set line $current
            for word in ($words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
                if string match -q -- '-*' $word; and not string match -q -- '-*' $current
                    continue
                end
                echo $word
            end
        end
        complete -c morula -a '(__morula_complete)'

        """;

    private const string PowerShell = """
        # PowerShell completion of morula
        Register-ArgumentCompleter -Native -CommandName morula -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $program = $commandAst.CommandElements[0].ToString()
            $typed = $commandAst.ToString().PadRight($cursorPosition - $commandAst.Extent.StartOffset)
            $line = $typed.Substring($program.Length).TrimStart()
            & $program "[suggest:$($line.Length)]" "$line" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" -and ($wordToComplete -like '-*' -or $_ -notlike '-*') } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    private static readonly (string Shell, string Script)[] Known = [("bash", Bash), ("zsh", Zsh), ("fish", Fish), ("pwsh", PowerShell)];

    /// <summary>The shells there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = [.. Known.Select(one => one.Shell)];

    /// <summary>The script of a shell.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Of(string shell) => Array.Find(Known, one => one.Shell == shell).Script?.ReplaceLineEndings("\n")
        ?? throw new UsageException($"there is no completion for \"{shell}\"; expected {string.Join(", ", Shells)}.");
}
