import { resolvePath } from '../core/paths.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, calledAs } from './programs.ts';

/**
 * Options behind which the settings stand that a mail fetcher is to obey: mbsync(1) `-c`, offlineimap(1) `-c`, getmail(1) `-r` and
 * `-g`, fetchmail(1) `-f`, mpop(1) `-C` and `--file`, fdm(1) `-f`, goimapnotify `-conf`.
 */
const SETTINGS = /^(?:-[cCfrg]|-{1,2}(?:conf|config|rcfile|fetchmailrc|getmaildir|file))$/;
/** Where anybody may put files, and nothing is kept: hier(7); a file descriptor is a text that its shell feeds it. */
const PASSING = /^(?:\/(?:var\/tmp|tmp|dev\/shm|run\/shm)\/|\/dev\/(?:fd\/|stdin$)|\/proc\/[^/]+\/fd\/|-$)/;
const ELDERS = 3;

/** The file or folder of settings that its words name, absolute; '' for none. */
function settingsNamed({ exe, argv, cwd }: ProcessState): string {
  const words = calledAs(exe, argv).argv;
  for (let i = 1; i < words.length; i++) {
    const word = words[i] as string;
    const eq = word.startsWith('--') ? word.indexOf('=') : -1;
    const value = eq > 0 ? word.slice(eq + 1) : words[i + 1];
    if (SETTINGS.test(eq > 0 ? word.slice(0, eq) : word) && value)
      return value === '-' ? value : resolvePath(value, cwd);
    if (/^-[cCfrg]./.test(word) && word.includes('/')) return resolvePath(word.slice(2), cwd);
  }
  return '';
}

/**
 * The settings that a mail fetcher is told to obey in place of its user's own, where these were made for the occasion: they lie where
 * nothing is kept, or the shell that started it, or what that started just before, wrote them. '' for none. Such a fetcher is not the
 * one that its user has set up: it carries a box to whatever server these name.
 */
export function settingsOfTheMoment(process: ProcessState): string {
  if (!process.execSeen || (process.classBits & CLASS.fetcher) === 0) return '';
  const path = settingsNamed(process);
  if (path === '') return '';
  if (PASSING.test(path)) return path;
  let elder = process.parent;
  for (let depth = 0; depth < ELDERS && elder !== null; depth++) {
    const wrote = ({ writes }: ProcessState): boolean => writes.some(({ file }) => file.path === path);
    if (wrote(elder) || elder.recentChildren.some(wrote)) return path;
    elder = elder.parent;
  }
  return '';
}
