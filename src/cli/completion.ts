import type { Command, Option } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import { EXIT } from './exit-codes.ts';
import { openOutput } from './output.ts';
import { UsageError } from './usage-error.ts';

interface Entry {
  /** Words after `watchpost`, such as `config show`. */
  readonly path: string;
  readonly description: string;
  readonly children: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly Option[];
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
  };
  return [own, ...command.commands.flatMap(child => entriesOf(child, `${path} ${child.name()}`.trim()))];
}

const flags = (option: Option): string[] => [option.short, option.long].filter(flag => flag !== undefined);
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function bash(entries: readonly Entry[]): string {
  const cases = entries.map(({ path, children, options }) => {
    const words = [...children.map(child => child.name), ...options.flatMap(flags)].join(' ');
    return `    ${quote(path)}) words=${quote(words)} ;;`;
  });
  const values = entries.flatMap(({ path, options }) =>
    options.flatMap(option =>
      option.argChoices === undefined
        ? []
        : flags(option).map(
            flag => `    ${quote(`${path} ${flag}`)}) words=${quote(option.argChoices?.join(' ') ?? '')} ;;`,
          ),
    ),
  );
  const known = entries.map(entry => quote(entry.path)).filter(path => path !== "''");
  return `# bash completion for watchpost; load it with: source <(watchpost completion bash)
_watchpost() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' words='' word next
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
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _watchpost watchpost
`;
}

function zsh(entries: readonly Entry[]): string {
  const item = (name: string, description: string): string => quote(`${name.replaceAll(':', '\\:')}:${description}`);
  const cases = entries.map(({ path, children, options }) => {
    const items = [
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
  for (const { path, children, options } of entries) {
    const words = path === '' ? [] : path.split(' ');
    const seen = words.map(word => `__fish_seen_subcommand_from ${word}`);
    const condition = words.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
    for (const { name, description } of children)
      lines.push(`complete -c watchpost -n ${quote(condition)} -a ${name} -d ${quote(description)}`);
    for (const option of options) {
      const short = option.short === undefined ? '' : ` -s ${option.short.slice(1)}`;
      const long = option.long === undefined ? '' : ` -l ${option.long.slice(2)}`;
      const values = option.argChoices ? ` -x -a ${quote(option.argChoices.join(' '))}` : option.required ? ' -r' : '';
      lines.push(
        `complete -c watchpost -n ${quote(condition)}${short}${long}${values} -d ${quote(option.description)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
