/** A simple command of a shell's line, and the files that its output goes into and its input comes from, as they are written there. */
export interface LineCommand {
  readonly words: readonly string[];
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  /** Commands of one pipeline have the same number. */
  readonly pipeline: number;
}

const LINE_MAX = 8192;
const COMMANDS_MAX = 64;
/** One sign of the line: blanks, an operator, a quoted part, a plain part. */
const SIGN =
  /[ \t]+|\n|#[^\n]*|(?:\d+|&)?>>?[|&]?|<<<|<<-?|<&?|&&|\|\||[|]&?|;;?|&|[(){}](?=[\s;)&|<>]|$)|[({](?=\s|$)|\(|\)|'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s"'\\<>|&;()]+/gs;
const OPENS: ReadonlySet<string> = new Set(['(', '{', 'for', 'while', 'until', 'if', 'case']);
const CLOSES: ReadonlySet<string> = new Set([')', '}', 'done', 'fi', 'esac']);
/** What stands before a command and is none. */
const LEADS: ReadonlySet<string> = new Set(['do', 'then', 'else', 'elif', '!', 'time', 'exec', 'in']);
const ENDS: ReadonlySet<string> = new Set([';', ';;', '&', '&&', '||', '\n']);

/** What a shell would put something else in place of: that word is not known. */
const OPEN_WORD = /[$`*?[\]{}~]/;

interface Draft {
  words: string[];
  outputs: string[];
  inputs: string[];
  pipeline: number;
}
interface Frame {
  /** Where the pipeline that is being read began, and the group that it is in. */
  readonly pipeline: number;
  readonly group: number;
}

/**
 * The commands of a line that a shell was given (sh(1), Shell Grammar), each with the file of `>` or `>>` that takes its output: its own, that
 * of the last stage of its pipeline, or that of the group or loop around it. What goes to another descriptor than standard output
 * is left out. Nothing is run, expanded or looked up.
 */
export function commandsOf(line: string): readonly LineCommand[] {
  const commands: Draft[] = [];
  const frames: Frame[] = [];
  let now: Draft | null = null;
  let pipeline = 0;
  /** The group that was closed last, while no command follows. */
  let closed = -1;
  let taking: 'output' | 'input' | 'other' | null = null;
  let word: string | null = null;

  const finish = (): void => {
    if (word === null) return;
    const text = word;
    word = null;
    if (taking !== null) {
      if (taking !== 'other')
        for (const each of now === null && closed >= 0 ? commands.slice(closed) : [begin()])
          into(taking === 'output' ? each.outputs : each.inputs, text);
      taking = null;
      return;
    }
    if (now === null && CLOSES.has(text)) return close();
    if (now === null && OPENS.has(text)) {
      open();
      // What follows names and lists, up to the next end.
      if (text === 'for' || text === 'case') now = { words: [], outputs: [], inputs: [], pipeline };
      return;
    }
    if (now === null && LEADS.has(text)) return;
    begin().words.push(text);
  };
  const begin = (): Draft => {
    if (now === null) {
      now = { words: [], outputs: [], inputs: [], pipeline };
      commands.push(now);
      closed = -1;
    }
    return now;
  };
  const open = (): void => {
    frames.push({ pipeline, group: commands.length });
    pipeline = commands.length;
  };
  const close = (): void => {
    endPipeline();
    const frame = frames.pop();
    if (frame === undefined) return;
    pipeline = frame.pipeline;
    closed = frame.group;
  };
  const endPipeline = (): void => {
    const outputs = (now ?? (closed >= 0 ? commands[closed] : undefined))?.outputs ?? [];
    if (outputs.length > 0)
      for (const each of commands.slice(pipeline)) if (each.outputs.length === 0) each.outputs = outputs;
    now = null;
    closed = -1;
    pipeline = commands.length;
  };

  for (const [sign] of line.slice(0, LINE_MAX).matchAll(SIGN)) {
    if (commands.length > COMMANDS_MAX) break;
    if (ENDS.has(sign)) {
      finish();
      endPipeline();
    } else if (sign === '|' || sign === '|&') {
      finish();
      now = null;
      closed = -1;
    } else if (sign === '(' || sign === ')') {
      finish();
      if (sign === '(') open();
      else close();
    } else if (/^[ \t]/.test(sign) || (word === null && sign.startsWith('#'))) finish();
    else if (/^(?:\d+|&)?>/.test(sign)) {
      if (word !== null) finish();
      taking = /^(?:1?>>?\|?|&>>?|>&)$/.test(sign) ? 'output' : 'other';
    } else if (sign.startsWith('<')) {
      finish();
      taking = sign === '<' ? 'input' : 'other';
    } else word = (word ?? '') + plainOf(sign);
  }
  finish();
  while (frames.length > 0) close();
  endPipeline();
  return commands;
}

function into(files: string[], path: string): void {
  if (!OPEN_WORD.test(path) && !/^[\d-]+$/.test(path)) files.push(path);
}

/** Without its quotes; what a shell would expand within double quotes stays to be seen. */
function plainOf(sign: string): string {
  if (sign.startsWith("'")) return sign.slice(1, -1);
  if (sign.startsWith('"')) return sign.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
  return sign.startsWith('\\') ? sign.slice(1) : sign;
}

/** The command that a process may be: the same program, and every word that needs no shell to be known among its own. */
export function isCommand({ words }: Pick<LineCommand, 'words'>, argv: readonly string[]): boolean {
  const [name = '', ...rest] = words.filter(word => !/^\w+=/.test(word));
  const called = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return called(name) === called(argv[0] ?? '') && rest.every(word => OPEN_WORD.test(word) || argv.includes(word));
}
