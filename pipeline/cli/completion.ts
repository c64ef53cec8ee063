/** Completion for three shells, from the same tree that parses the command line. Rule: the scripts are static and start nothing. */
import type { Argument, Command, Option } from 'commander';

/** What may follow: words of a closed list, or a path. */
type Follows = { kind: 'words'; words: readonly string[] } | { kind: 'folders' } | { kind: 'files' } | { kind: 'free' };

interface Flag {
  names: readonly string[];
  summary: string;
  /** Null where it takes no value. */
  value: Follows | null;
}

interface CompletedVerb {
  name: string;
  summary: string;
  flags: readonly Flag[];
  argument: Follows;
}

/** What there is to complete of the verbs below a program. */
export function completedVerbs(program: Command): CompletedVerb[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.description(),
    flags: [
      ...command.options.map(flagOf),
      { names: ['-h', '--help'], summary: 'display help for command', value: null },
    ],
    argument: argumentOf(command.registeredArguments),
  }));
}

function flagOf(option: Option): Flag {
  const names = [option.short, option.long].filter((name): name is string => typeof name === 'string');
  const takesValue = option.required || option.optional;
  return { names, summary: option.description, value: takesValue ? follows(option.argChoices, option.flags) : null };
}

function argumentOf([first]: readonly Argument[]): Follows {
  return first === undefined ? { kind: 'free' } : follows(first.argChoices, `<${first.name()}>`);
}

/** @param words the name of the value tells what it is: `<dir>`, `<file>` */
function follows(choices: readonly string[] | undefined, words: string): Follows {
  if (choices !== undefined) return { kind: 'words', words: choices };
  if (/[<[](?:dir|folder)\b/i.test(words)) return { kind: 'folders' };
  return /[<[](?:files?|paths?|data|left|right|contract)\b/i.test(words) ? { kind: 'files' } : { kind: 'free' };
}

export function bashCompletion(verbs: readonly CompletedVerb[]): string {
  const reply = (what: Follows): string => {
    if (what.kind === 'words') return `COMPREPLY=($(compgen -W '${what.words.join(' ')}' -- "$cur"))`;
    if (what.kind === 'folders') return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
    return what.kind === 'files'
      ? 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))'
      : 'COMPREPLY=()';
  };
  const cases = verbs.map(({ name, flags, argument }) => {
    const values = flags.flatMap(({ names, value }) =>
      value === null ? [] : [`        ${names.join('|')}) ${reply(value)}; return ;;`],
    );
    return `    ${name})
      case "$prev" in
${values.join('\n')}
      esac
      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '${flags.flatMap((f) => f.names).join(' ')}' -- "$cur"))
      else ${reply(argument)}; fi ;;`;
  });
  return `# Completion of csdl for bash: source <(csdl completion bash)
_csdl() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} IFS=$' \\t\\n'
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${verbs.map((verb) => verb.name).join(' ')} help --help --version' -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -F _csdl csdl
`;
}

export function zshCompletion(verbs: readonly CompletedVerb[]): string {
  const action = (what: Follows): string => {
    if (what.kind === 'words') return `:value:(${what.words.join(' ')})`;
    if (what.kind === 'folders') return ':folder:_files -/';
    return what.kind === 'files' ? ':file:_files' : ':value: ';
  };
  // In a specification of _arguments, brackets and colons have a meaning of their own.
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, (sign) => `\\${sign}`);
  const cases = verbs.map(({ name, flags, argument }) => {
    const specs = flags.flatMap(({ names, summary, value }) =>
      names.map((flag) => word(`${flag}[${plain(summary)}]${value === null ? '' : action(value)}`)),
    );
    const rest = argument.kind === 'free' ? [] : [word(`*${action(argument)}`)];
    return `    ${name}) _arguments ${[...specs, ...rest].join(' ')} ;;`;
  });
  return `#compdef csdl
# Completion of csdl for zsh: csdl completion zsh > a folder of $fpath, as _csdl
_csdl() {
  local -a verbs=(
${verbs.map((verb) => `    ${word(`${verb.name}:${plain(verb.summary)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe verb verbs; return; fi
  shift words; (( CURRENT-- ))
  case $words[1] in
${cases.join('\n')}
  esac
}
compdef _csdl csdl
`;
}

export function fishCompletion(verbs: readonly CompletedVerb[]): string {
  const value = (what: Follows | null): string => {
    if (what === null) return '';
    if (what.kind === 'words') return ` -x -a ${word(what.words.join(' '))}`;
    if (what.kind === 'folders') return " -x -a '(__fish_complete_directories)'";
    return what.kind === 'files' ? ' -r -F' : ' -x';
  };
  const names = (flag: Flag): string =>
    flag.names.map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`)).join('');
  const lines = verbs.flatMap((verb) => {
    const seen = `complete -c csdl -n ${word(`__fish_seen_subcommand_from ${verb.name}`)}`;
    const argument = verb.argument.kind === 'files' ? ' -F' : value(verb.argument).replace(' -x', '');
    return [
      `complete -c csdl -n __fish_use_subcommand -a ${verb.name} -d ${word(verb.summary)}`,
      ...verb.flags.map((flag) => `${seen}${names(flag)} -d ${word(flag.summary)}${value(flag.value)}`),
      ...(verb.argument.kind === 'free' ? [] : [`${seen}${argument}`]),
    ];
  });
  return `# Completion of csdl for fish: csdl completion fish > ~/.config/fish/completions/csdl.fish
complete -c csdl -f
${lines.join('\n')}
`;
}

/** One word in single quotes of a shell; fish takes the same for texts without a backslash before a quote. */
function word(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}
