import type { Command, Option } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import { ANALYTIC_IDS, SEVERITIES } from '../events/vocabulary.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { UsageError } from './usage-error.ts';

interface Entry {
  /** Words after `watchpost`, such as `config show`. */
  readonly path: string;
  readonly description: string;
  readonly children: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly Option[];
  /** What its argument may be, where that is a word of a few and no file. */
  readonly words: readonly string[];
}

const SHELLS: Record<string, (entries: readonly Entry[]) => string> = { bash, zsh, fish };

/** `watchpost completion SHELL`: made from the command tree itself, so it is never behind. */
export async function completionCommand(shell: string, root: Command): Promise<number> {
  const make = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (make === undefined) {
    const names = Object.keys(SHELLS);
    throw new UsageError(
      `no completion for ${JSON.stringify(shell)}; expected ${names.join(', ')}; ${didYouMean(shell, names) || 'name one of them'}`,
    );
  }
  await openOutput(undefined).write([make(entriesOf(root, ''))]);
  return EXIT.done;
}

function entriesOf(command: Command, path: string): Entry[] {
  const children = command.commands.map(child => ({ name: child.name(), description: child.description() }));
  const own = {
    path,
    description: command.description(),
    children,
    options: command.createHelp().visibleOptions(command),
    words: ARGUMENTS[path] ?? [],
  };
  return [own, ...command.commands.flatMap(child => entriesOf(child, `${path} ${child.name()}`.trim()))];
}

/** Arguments and values that the command tree leaves to the commands, which have more to say about a wrong one. */
const ARGUMENTS: Record<string, readonly string[]> = {
  schema: ['alert', 'incident', 'config'],
  completion: Object.keys(SHELLS),
};
const VALUES: Record<string, readonly string[]> = {
  '--min-severity': SEVERITIES,
  '--fail-on': SEVERITIES,
  '--up-to': SEVERITIES,
  '--only': ANALYTIC_IDS,
};

/** What may follow an option: some words, or null for a text or a file of the user's; undefined when nothing does. */
function valuesOf(option: Option): readonly string[] | null | undefined {
  if (!option.required && !option.optional) return undefined;
  return option.argChoices ?? VALUES[option.long ?? ''] ?? null;
}

const flags = (option: Option): string[] => [option.short, option.long].filter(flag => flag !== undefined);
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function bash(entries: readonly Entry[]): string {
  const cases = entries.map(({ path, children, options, words }) => {
    const first = [...children.map(child => child.name), ...words].join(' ');
    return `    ${quote(path)}) words=${quote(first)} options=${quote(options.flatMap(flags).join(' '))} ;;`;
  });
  const values = entries.flatMap(({ path, options }) =>
    options.flatMap(option => {
      const after = valuesOf(option);
      if (after === undefined) return [];
      const pattern = flags(option)
        .map(flag => quote(`${path} ${flag}`))
        .join('|');
      return [`    ${pattern}) words=${quote(after?.join(' ') ?? '')} options='' ;;`];
    }),
  );
  const known = entries.map(entry => quote(entry.path)).filter(path => path !== "''");
  return `# bash completion for watchpost; load it with: source <(watchpost completion bash)
_watchpost() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' options='' before='' word next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case $next in ${known.join('|')}) path=$next ;; esac
  done
  case $path in
${cases.join('\n')}
  esac
  case "$path $prev" in
${values.join('\n')}
  esac
  # Of a list with commas the last word is completed.
  case $prev in --only) before=\${cur%"\${cur##*,}"} ;; esac
  # Options where one is begun; else words, or files where there are none.
  case $cur in -*) words=$options ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "\${cur#"$before"}"))
}
complete -o default -F _watchpost watchpost
`;
}

function zsh(entries: readonly Entry[]): string {
  const item = (name: string, description: string): string => quote(`${name.replaceAll(':', '\\:')}:${description}`);
  const cases = entries.map(({ path, children, options, words }) => {
    const items = [
      ...words.map(word => quote(word)),
      ...children.map(c => item(c.name, c.description)),
      ...options.flatMap(o => flags(o).map(f => item(f, o.description))),
    ];
    return `    ${quote(path)}) items=(${items.join(' ')}) ;;`;
  });
  const known = entries.map(entry => quote(entry.path)).filter(path => path !== "''");
  return `#compdef watchpost
# zsh completion for watchpost; load it with: source <(watchpost completion zsh)
_watchpost() {
  local path_='' word next
  local -a items
  for word in "\${words[@]:1:$((CURRENT-2))}"; do
    next="\${path_:+$path_ }$word"
    case $next in (${known.join('|')}) path_=$next ;; esac
  done
  case $path_ in
${cases.map(line => line.replace(/^( *)/, '$1(')).join('\n')}
  esac
  _describe 'watchpost' items
  _files
}
compdef _watchpost watchpost
`;
}

function fish(entries: readonly Entry[]): string {
  const lines = ['# fish completion for watchpost; load it with: watchpost completion fish | source'];
  for (const { path, children, options, words } of entries) {
    const parts = path === '' ? [] : path.split(' ');
    const seen = parts.map(word => `__fish_seen_subcommand_from ${word}`);
    const condition = parts.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
    for (const { name, description } of children)
      lines.push(`complete -c watchpost -n ${quote(condition)} -a ${name} -d ${quote(description)}`);
    if (words.length > 0) lines.push(`complete -c watchpost -n ${quote(condition)} -f -a ${quote(words.join(' '))}`);
    for (const option of options) {
      const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
      const long = option.long === undefined ? '' : ` -l ${option.long.slice(2)}`;
      const after = valuesOf(option);
      const values = after === undefined ? '' : after === null ? ' -r' : ` -x -a ${quote(after.join(' '))}`;
      lines.push(
        `complete -c watchpost -n ${quote(condition)}${short}${long}${values} -d ${quote(option.description)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
