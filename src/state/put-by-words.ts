import { byWordsAndTwo } from '../core/by-words.ts';
import { baseName, resolvePath } from '../core/paths.ts';
import { folderNamed, targetsNamed } from './copy-targets.ts';
import { setsExecute } from './execute-mode.ts';
import { fetchedInto } from './fetched-into.ts';
import { commandsIn } from './line-memory.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs } from './programs.ts';

const NONE: readonly string[] = [];
/** Every operand is a file that they write, make or bring to another name. */
const WRITES_EACH: ReadonlySet<string> = new Set(['tee', 'truncate', 'touch']);
/** touch(1), truncate(1): what follows is a date, a size, or a file that is only looked at. */
const LIKE = /^-(?:[a-zA-Z]*[rdts]|-(?:reference|date|time|size))$/;
/** sed(1), perl(1): `-i` changes the files that are named last. */
const IN_PLACE = /^(?:-[a-zA-Z0-9]*i(?:\.\S*)?|--in-place(?:=.*)?)$/;

/**
 * The files that a command puts in their place, or makes what they are, by its words alone; absolute. tee(1), cp(1) and its like,
 * ln(1), a stream editor in place, a mode that lets a file be executed, a shell's own line that sends output there.
 */
export function putByWords({ argv, exe, cwd, classBits }: ProcessState): readonly string[] {
  if (argv.length < 2) return NONE;
  if (classBits & CLASS.shell)
    return commandsIn(argv).flatMap(({ outputs }) => outputs.map(path => resolvePath(path, cwd)));
  return putIn(argv, exe, cwd);
}

const putIn = byWordsAndTwo((all, exe: string, cwd: string): readonly string[] => {
  const { name, argv } = calledAs(exe, all);
  const words = argv.slice(1);
  const operands = words.filter(word => word !== '' && !word.startsWith('-'));
  const absolute = (paths: readonly string[]): readonly string[] => paths.map(path => resolvePath(path, cwd));
  if (WRITES_EACH.has(name)) return absolute(operands.filter(word => !LIKE.test(words[words.indexOf(word) - 1] ?? '')));
  if (name === 'ln') return absolute(linksIn(operands, folderNamed(name, argv)));
  if (name === 'chmod') return words.some(setsExecute) ? absolute(operands.filter(word => !setsExecute(word))) : NONE;
  if (name === 'sed' || name === 'perl') return words.some(word => IN_PLACE.test(word)) ? absolute(operands) : NONE;
  const fetched = fetchedInto(argv, name, cwd);
  if (fetched !== '') return absolute([fetched]);
  return targetsNamed({ argv: all, exe, cwd });
});

/** ln(1): the last word is the link or the folder of it; with one word, or `-t`, the folder is another. */
function linksIn(operands: readonly string[], folder: string | undefined): readonly string[] {
  const [last = ''] = operands.slice(-1);
  if (folder !== undefined || operands.length < 2) return operands.map(word => `${folder ?? '.'}/${baseName(word)}`);
  return [last, ...operands.slice(0, -1).map(word => `${last}/${baseName(word)}`)];
}
