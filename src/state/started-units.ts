import { resolvePath } from '../core/paths.ts';
import type { HostEvent, ProcessStarted } from '../events/host-events.ts';
import { isVoid, stepOf } from './carry.ts';
import type { ExecutionPlan } from './execution.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, isSystemPath, programName } from './programs.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';

/**
 * A unit file holds the commands that systemd(1) runs: its service manager is the interpreter of it. The host's manager is pid 1,
 * each person who is logged in has one more (user@.service).
 */
export const isServiceManager = ({ pid, exe, trusted, classBits }: ProcessState): boolean =>
  pid === 1 || (trusted && (classBits & CLASS.scheduler) !== 0 && programName(exe) === 'systemd');

/** systemd.unit(5), "Unit File Load Path": what a person has there, and what the host has. */
const OF_PERSON = ['.config/systemd/user', '.local/share/systemd/user'];
const OF_PEOPLE = ['/etc/systemd/user', '/run/systemd/user', '/usr/local/lib/systemd/user'];
const OF_HOST = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system'];

/** Units that name commands, or start one that does. */
const UNIT = /\.(?:service|socket|timer|path|mount|slice|target)$/;

/** It lies where a service manager looks for units, and is named as one, or changes one from its folder. */
export const isUnitFile = (path: string): boolean =>
  /\/systemd\/(?:user|system)\/(?:[^/]+|[^/]+\.(?:d|wants|requires)\/[^/]+)$/.test(path) &&
  (UNIT.test(path) || path.endsWith('.conf'));

/** Words of systemctl(1) that start a unit at once. */
const STARTS = new Set('start restart try-restart reload-or-restart isolate'.split(' '));
const STARTS_WITH_NOW = new Set(['enable', 'reenable']);

/** Nothing is kept of a process that runs as somebody: who gave the order and who obeys it know of each other by the user only. */
const orderKey = (uid: number): number => -2 - uid;

/** Somebody orders a unit that is foreign content to be started. */
export function noteOrder(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (programName(process.exe) !== 'systemctl') return;
  const words = process.argv.slice(1).filter(word => !word.startsWith('-'));
  const [verb = '', ...units] = words;
  if (!STARTS.has(verb) && !(STARTS_WITH_NOW.has(verb) && process.argv.includes('--now'))) return;
  const isPersons = process.argv.includes('--user');
  const folders = isPersons ? [...foldersOf(host, process), ...OF_PEOPLE] : OF_HOST;
  for (const unit of units)
    for (const path of filesOf(unit, folders, process.cwd))
      for (const taint of host.files.byName(path)?.taints ?? []) {
        const why = 'the name in its arguments is that of the unit';
        const step = stepOf(event, 'process.input', process, 'has a unit started:', path, 'inferred', why);
        const onward = taint.origin.kind === 'mailstore' || isVoid(host, taint) ? null : extendTaint(taint, step);
        if (onward !== null) host.jobs.add(orderKey(isPersons ? process.uid : 0), onward, event.time);
      }
}

function foldersOf(host: HostState, { uid, cwd }: ProcessState): string[] {
  const home = host.homes.split(cwd.endsWith('/') ? cwd : `${cwd}/`)?.home ?? '';
  const homes = new Set([home, `/home/${host.userName(uid)}`]);
  return [...homes].filter(each => each !== '').flatMap(each => OF_PERSON.map(folder => `${each}/${folder}`));
}

function filesOf(unit: string, folders: readonly string[], cwd: string): string[] {
  if (unit.includes('/')) return [resolvePath(unit, cwd)];
  const name = UNIT.test(unit) ? unit : `${unit}.service`;
  const names = [name, name.replace(/\.(?:timer|socket|path)$/, '.service'), name.replace(/@[^.]*/, '@')];
  return folders.flatMap(folder => [...new Set(names)].map(each => `${folder}/${each}`));
}

/** A service manager reads a unit: it runs what stands there, and what it does besides has nothing to do with it. */
export function noteUnitRead(host: HostState, process: ProcessState, taint: Taint, path: string, event: HostEvent) {
  if (!isServiceManager(process) || !(isUnitFile(path) || UNIT.test(path))) return false;
  if (taint.origin.kind !== 'mailstore') host.jobs.add(process.pid, taint, event.time);
  return true;
}

/** What starts this soon after the unit was read, with its program in its words, stands in the unit. */
const AT_ONCE_MS = 2000;

/**
 * A service manager starts what a unit says: the first that it starts upon the order; later ones, or those after a mere reading (a
 * login, an order that is not recorded), only where a program stands in their own words. An installed program that the unit just
 * names does its own work.
 */
export function judgeUnit(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  const { parent } = process;
  if (parent === null || !isServiceManager(parent) || programName(process.exe) === 'systemd-executor') return;
  const uid = parent.pid === 1 ? 0 : parent.uid;
  const ordered = host.jobs.of(orderKey(uid), event.time);
  const read = host.jobs.of(parent.pid, event.time);
  if (ordered.length === 0 && read.length === 0) return;
  const isTool = (process.classBits & CLASS.transfer) !== 0 || runsItsWords(process, plan);
  const isFirst = ordered.length > 0 && !parent.recentChildren.some(each => isAnother(each, process, ordered));
  for (const taint of read.length > 0 ? read : ordered) {
    if (process.controlled?.origin.id === taint.origin.id) continue;
    const isNow = event.time - taint.step.time <= AT_ONCE_MS && runsItsWords(process, plan);
    const isOutside = taint.origin.kind === 'mail' && !isSystemPath(plan.script || process.exe);
    if (isNow || (isFirst && (isTool || isOutside))) run(host, process, taint, event);
  }
}

const runsItsWords = ({ classBits }: ProcessState, plan: ExecutionPlan): boolean =>
  (classBits & (CLASS.shell | CLASS.interpreter)) !== 0 && plan.inline;

/** Started since the order. */
const isAnother = (each: ProcessState, process: ProcessState, ordered: readonly Taint[]): boolean =>
  each !== process && each.execSeen && ordered.every(({ step }) => each.execTime >= step.time);

function run(host: HostState, process: ProcessState, taint: Taint, event: ProcessStarted): void {
  const path = taint.step.object;
  const why = 'a service manager starts it at once after the unit was read or ordered';
  const step = stepOf(event, 'process.started', process, 'is started by the unit', path, 'inferred', why);
  const onward = extendTaint(taint, step);
  if (onward !== null) tellExecuted(host, process, onward, path, 'unit', 'inferred', event);
}
