import { baseName } from '../core/paths.ts';
import { type HostEvent, ID_UNSET, type ProcessStarted } from '../events/host-events.ts';
import { isForeignCode } from './code-names.ts';
import { isCodeName } from './execution.ts';
import type { HostState } from './host.ts';
import { isTypedAt, type ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { isAtWork } from './sourced-shells.ts';
import type { Taint } from './taint.ts';
import { tellExecuted, tellRun } from './tell.ts';

/** What shells run when they start: bash(1), dash(1), ksh(1), zsh(1), fish(1). */
const START_FILES = new Set(
  '.profile .bash_profile .bash_login .bashrc .bash_aliases .zshenv .zprofile .zshrc .zlogin .kshrc .mkshrc .shrc config.fish'.split(
    ' ',
  ),
);

/** A shell reads such files line by line in a loop, and its history when it starts. */
const NO_LINES = /(?:^|[._])history$|\.(?:txt|csv|tsv|tab|lst|list|log|json|xml|md|html?|eml|ics|vcf)$/i;

/** `-s`: the lines come on standard input, and the words are theirs. */
const isInput = (word: string, i: number): boolean => i > 0 && /^-[a-zA-Z]*s/.test(word);

/** How a shell takes the file that it opens; '' where it is none at which somebody types, or the file is a list to it. */
function linesOf(host: HostState, process: ProcessState, path: string): '' | 'start' | 'named' | 'other' {
  // What a shell opens for a command it opens in a child, of which nothing else is known yet.
  if ((process.classBits & CLASS.shell) === 0 || !isTypedAt(process) || process.argv.some(isInput)) return '';
  if (!process.execSeen && process.recentChildren.length === 0) return '';
  if (START_FILES.has(baseName(path)) && host.homes.split(path) !== null) return 'start';
  if (isCodeName(path)) return isForeignCode(process.exe, path) ? '' : 'named';
  return NO_LINES.test(path) ? '' : 'other';
}

/** A shell that ends writes its history and reads it again at once to cut it to size, wherever HISTFILE lies: bash(1). */
const AT_ONCE_MS = 50;
const readsBack = (process: ProcessState, path: string, { time }: HostEvent): boolean =>
  process.writes.some(({ file, time: written }) => file.path === path && time - written <= AT_ONCE_MS);

/** Content that a shell has just opened by itself becomes lines of that shell; false where it is no such case. */
export function judgeLines(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  event: HostEvent,
): boolean {
  if (taint.origin.kind === 'mailstore' || readsBack(process, path, event)) return false;
  const how = linesOf(host, process, path);
  if (how === '') return false;
  if (!taint.curated && process.controlled === null) {
    process.controlled = taint;
    const since = event.time;
    host.sourced.set({ shell: process, taint, path, isStart: how === 'start', since, last: since, worked: false });
  }
  tellExecuted(host, process, taint, path, 'sourced', how === 'other' ? 'inferred' : 'observed', event);
  return true;
}

/**
 * A program starts while such lines are at work. What was started in the background by a shell between, `( … & )`, is pid 1's by then:
 * it is given back to the shell of its login session. That its lines start something tells that the file is no list, but for
 * a file with which every shell of its person starts.
 */
export function joinLines(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.sourced.size === 0) return;
  if (process.ppid === 1 && process.ses >= 0 && process.ses !== ID_UNSET) {
    const near = host.sourced.inSession(process.ses);
    if (near !== undefined && near.shell.uid === process.uid && isAtWork(near, event.time)) {
      process.parent = near.shell;
      process.controlled ??= near.taint;
    }
  }
  const lines = process.parent === null ? undefined : host.sourced.of(process.parent);
  if (lines === undefined || lines.worked || lines.isStart) return;
  if (process.controlled?.origin.id !== lines.taint.origin.id) return;
  lines.worked = true;
  const { shell, taint, path } = lines;
  tellRun(host, shell, taint, path, 'interpreter-script', isCodeName(path) ? 'observed' : 'inferred', event);
}
