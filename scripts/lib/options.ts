import { parseArgs } from 'node:util';

/** One option of a repository's command, as parseArgs of node:util takes it, and what its help says of it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly default?: string | boolean | string[];
  /** What its value is called in the help: SECONDS. */
  readonly takes?: string;
  readonly says: string;
}

export interface Command<O extends Readonly<Record<string, Option>>> {
  /** As one types it: `npm run lab:score --`. */
  readonly name: string;
  readonly says: string;
  /** What stands beside the options, such as `[CASE...]`; without it nothing may. */
  readonly takes?: string;
  readonly options: O;
}

type Parsed<O extends Readonly<Record<string, Option>>> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true }>
>;

/** What the words after a command come to: to do it, or a text to show instead. */
export type Read<O extends Readonly<Record<string, Option>>> =
  | ({ readonly kind: 'run' } & Pick<Parsed<O>, 'values' | 'positionals'>)
  | { readonly kind: 'help'; readonly text: string }
  /** One line. */
  | { readonly kind: 'wrong'; readonly text: string };

const HELP: Option = { type: 'boolean', says: 'show this' };

/** Reads `words`, mostly `process.argv.slice(2)`. Never throws for what a person typed. */
export function readOptions<const O extends Readonly<Record<string, Option>>>(
  command: Command<O>,
  words: readonly string[],
): Read<O> {
  try {
    const options = { ...command.options, help: HELP };
    const { values, positionals } = parseArgs({
      args: [...words],
      options: options as Record<string, Omit<Option, 'takes' | 'says'>>,
      allowPositionals: command.takes !== undefined,
    });
    if (values['help'] === true) return { kind: 'help', text: helpOf(command) };
    return { kind: 'run', values: values as Parsed<O>['values'], positionals };
  } catch (error) {
    if (!isAboutWords(error)) throw error;
    // What follows the first sentence is advice for another program's options.
    const [said = ''] = error.message.split(/\. |\n/, 1);
    return { kind: 'wrong', text: `${said.replace(/\.$/, '')}; ${command.name} --help shows what there is` };
  }
}

/** The options of this run of the command. Ends the process with 0 after `--help`, with 3 and one line for words that it does not take. */
export function optionsOf<const O extends Readonly<Record<string, Option>>>(
  command: Command<O>,
): Pick<Parsed<O>, 'values' | 'positionals'> {
  const read = readOptions(command, process.argv.slice(2));
  if (read.kind === 'run') return read;
  if (read.kind === 'help') console.log(read.text);
  else console.error(read.text);
  process.exit(read.kind === 'help' ? 0 : 3);
}

/** parseArgs gives its errors codes: Node.js documentation, Errors. */
const isAboutWords = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');

function helpOf({ name, says, takes, options }: Command<Readonly<Record<string, Option>>>): string {
  const rows = Object.entries({ ...options, help: HELP }).map(([option, of]): readonly [string, string] => [
    `--${option}${of.type === 'boolean' ? '' : ` ${of.takes ?? 'VALUE'}${of.multiple === true ? ' ...' : ''}`}`,
    `${of.says}${typeof of.default === 'string' ? ` (${of.default} unless given)` : ''}`,
  ]);
  const width = Math.max(...rows.map(([option]) => option.length));
  const lines = rows.map(([option, what]) => `  ${option.padEnd(width)}  ${what}`);
  return [`usage: ${name} [options]${takes === undefined ? '' : ` ${takes}`}`, '', says, '', ...lines].join('\n');
}
