import { baseName } from '../core/paths.ts';
import { type HostEvent, ID_UNSET, type ProcessStarted } from '../events/host-events.ts';
import { isForeignCode } from './code-names.ts';
import { isCodeName } from './execution.ts';
import type { HostState } from './host.ts';
import { onlyChecks } from './only-checks.ts';
import { isTypedAt, type ProcessState } from './processes.ts';
import { CLASS, programName } from './programs.ts';
import { isAtWork, type Sourcing } from './sourced-shells.ts';
import type { Taint } from './taint.ts';
import { tellExecuted, tellRun } from './tell.ts';

/** What shells run when they start: bash(1), dash(1), ksh(1), zsh(1), fish(1). */
const START_FILES = new Set(
  '.profile .bash_profile .bash_login .bashrc .bash_aliases .zshenv .zprofile .zshrc .zlogin .kshrc .mkshrc .shrc config.fish'.split(
    ' ',
  ),
);

/** A shell reads such files line by line in a loop, and its history when it starts. */
const HISTORY = /(?:^|[._])history$/i;
const LIST = /\.(?:txt|csv|tsv|tab|lst|list|log|json|xml|md|html?|eml|ics|vcf)$/i;

/** `-s`: the lines come on standard input, and the words are theirs. */
const isInput = (word: string, i: number): boolean => i > 0 && /^-[a-zA-Z]*s/.test(word);

/** How a shell takes the file that it opens; '' where it is none at which somebody types, or the file is a list to it. */
function linesOf(host: HostState, process: ProcessState, path: string): '' | 'start' | 'named' | 'list' | 'other' {
  // What a shell opens for a command it opens in a child, of which nothing else is known yet.
  if ((process.classBits & CLASS.shell) === 0 || !isTypedAt(process) || process.argv.some(isInput)) return '';
  if (!process.execSeen && process.recentChildren.length === 0) return '';
  if (START_FILES.has(baseName(path)) && host.homes.split(path) !== null) return 'start';
  if (isCodeName(path)) return isForeignCode(process.exe, path) ? '' : 'named';
  if (HISTORY.test(path)) return '';
  return LIST.test(path) ? 'list' : 'other';
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
  if (taint.origin.kind === 'mailstore' || readsBack(process, path, event) || onlyChecks(process.exe, process.argv))
    return false;
  const how = linesOf(host, process, path);
  if (how === '') return false;
  const since = event.time;
  const lines = { shell: process, taint, path, isStart: how === 'start', since, last: since, worked: false };
  if (how === 'list') {
    if (!taint.curated && process.controlled === null) host.sourced.set({ ...lines, started: [] });
    return false;
  }
  if (!taint.curated && process.controlled === null) {
    process.controlled = taint;
    host.sourced.set({ ...lines, started: null });
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
  const lines = linesAbove(host, process);
  if (lines?.started) return judgeList(host, lines, lines.started, process, event);
  if (lines === undefined || lines.shell !== process.parent || lines.worked || lines.isStart) return;
  if (process.controlled?.origin.id !== lines.taint.origin.id) return;
  lines.worked = true;
  const { shell, taint, path } = lines;
  tellRun(host, shell, taint, path, 'interpreter-script', isCodeName(path) ? 'observed' : 'inferred', event);
}

/** Of the shell that started it, be it through a shell of its own without a program, `( … )`. */
function linesAbove({ sourced }: HostState, { parent }: ProcessState): Sourcing | undefined {
  if (parent === null) return undefined;
  const lines = sourced.of(parent);
  return lines ?? (parent.execSeen || parent.parent === null ? undefined : sourced.of(parent.parent));
}

/** So many programs, each once. */
const LIST_PROGRAMS = 4;
const LIST_MS = 2000;

/**
 * A loop over a list starts the same programs for each of its lines. A shell that opened it and starts one program after the other
 * at once, none of them twice, has its lines for orders: nobody types as fast. `while read -r l; do eval "$l"; done < FILE`.
 */
function judgeList(
  host: HostState,
  lines: Sourcing,
  started: string[],
  process: ProcessState,
  event: ProcessStarted,
): void {
  const { shell, taint, path, since } = lines;
  const name = programName(process.exe);
  if (started.includes(name) || event.time - since > LIST_MS) return host.sourced.drop(shell);
  started.push(name);
  if (started.length < LIST_PROGRAMS) return;
  lines.started = null;
  shell.controlled ??= taint;
  for (const child of shell.recentChildren) {
    if (child.start < since) continue;
    child.controlled ??= taint;
    for (const grandchild of child.recentChildren) grandchild.controlled ??= taint;
  }
  process.controlled ??= taint;
  tellExecuted(host, shell, taint, path, 'sourced', 'inferred', event);
}
