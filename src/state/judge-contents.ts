import { baseName, dirName, resolvePath } from '../core/paths.ts';
import { DAY_MS, HOUR_MS } from '../core/time.ts';
import { fileNamed, type HostEvent, type ProcessStarted } from '../events/host-events.ts';
import { ancestry } from './ancestry.ts';
import { placeTaint, withMode } from './argument-handover.ts';
import { feedProgram, firstTaint, isVoid, originOf, stepOf } from './carry.ts';
import { webBefore } from './clients-seen.ts';
import { inOwnContainer } from './context.ts';
import { decodedOrder } from './decoded-orders.ts';
import { documentBehind } from './documents-portal.ts';
import { endsWith } from './elevation.ts';
import type { ExecutionPlan } from './execution.ts';
import { plainUrl, urlNamed } from './fetch-words.ts';
import { noteFetched } from './fetched-files.ts';
import { fetchedInto } from './fetched-into.ts';
import { taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { isGivenInline } from './inline-code.ts';
import { isNameless } from './nameless.ts';
import type { ExecutionRoute } from './notices.ts';
import { AS_HELPER, isOwnCopy, isOwnHelper } from './own-client.ts';
import { mayNotInstall } from './package-verbs.ts';
import { pipelineOf } from './pipelines.ts';
import { type Carry, idOf, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath, programName } from './programs.ts';
import { runsStandardModule } from './python-modules.ts';
import { judgeJob } from './spooled-jobs.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';
import { argumentPaths, onlyFetches } from './tool-words.ts';

/** Is anything that this process runs tainted? */
export function judgeContents(
  host: HostState,
  process: ProcessState,
  plan: ExecutionPlan,
  event: ProcessStarted,
): void {
  if (plan.contents.length === 0) {
    const itself = host.files.find(event.file);
    for (const taint of itself?.taints ?? [])
      if (!isVoid(host, taint)) executed(host, process, taint, event.file.path, 'binary', 'observed', event);
  }
  let direct = true;
  for (const { path, how } of plan.contents) {
    if (how === 'package-script' && isRefused(process)) continue;
    const same = direct ? (host.files.find(event.file) ?? host.files.byName(path)) : host.files.byName(path);
    const known = same ?? documentBehind(host, process, path);
    const strength = same === known && (direct || event.interpreter !== '') ? 'observed' : 'inferred';
    direct = false;
    if (known !== undefined && known.taints.length > 0) {
      const route = how === 'binary' && isNameless(path) ? 'memory' : routeOf(host, process, path, how, event);
      for (const taint of known.taints)
        if (!isVoid(host, taint))
          executed(host, process, asMade(host, taint, path, event), path, route, strength, event);
      continue;
    }
    if (isSystemPath(path) || !path.startsWith('/')) continue;
    if (how === 'interpreter-module' && runsStandardModule(process.argv)) continue;
    // A module is one of two files: where one is remembered, the other is not there.
    if (how === 'interpreter-module' && plan.contents.some(other => host.files.byName(other.path)?.taints.length))
      continue;
    const held = inTaintedDirectory(host, process, path, event);
    if (held !== null) executed(host, process, withMode(host, held, path, event), path, how, 'inferred', event);
    else if (
      host.place(path).attachmentPlace &&
      !isOwnCopy(same) &&
      !host.own.has(path, path === event.file.path ? event.file.node : -1) &&
      !(how === 'interpreter-module' && host.has('file:written'))
    )
      executed(
        host,
        process,
        placeTaint(host, process, path, event),
        path,
        routeOf(host, process, path, how, event),
        'inferred',
        event,
      );
  }
  if (plan.codeDirectory !== '') judgeCodeDirectory(host, process, plan, event);
  noteBuilt(host, process, event);
  judgeMemory(host, process, event);
}

/** Where changed modes are not recorded, the words of chmod(1) tell of them. */
const asMade = (host: HostState, taint: Taint, path: string, event: HostEvent): Taint =>
  host.has('file.mode-changed') ? taint : withMode(host, taint, path, event);

/** In a container of one's own one is root there, and no record says so. */
const isRefused = (process: ProcessState): boolean =>
  mayNotInstall(programName(process.exe), process.argv, process.euid) && !inOwnContainer(process);

const TRACED_MS = 2000;

/**
 * ldd(1), a script of the C library, starts the loader with the file, or the file itself, and an environment that makes it
 * list what it would load; no record shows the environment. It is one of its children, or of a child that starts no program.
 */
function routeOf(
  host: HostState,
  { parent, ses }: ProcessState,
  path: string,
  how: ExecutionRoute,
  { time }: ProcessStarted,
): ExecutionRoute {
  if (how !== 'loader' && how !== 'binary') return how;
  if (parent?.execSeen === true && programName(parent.script) !== 'ldd') return how;
  const isAsked = host.recent.some(
    each =>
      each.trusted &&
      programName(each.script) === 'ldd' &&
      each.ses === ses &&
      time - each.execTime <= TRACED_MS &&
      argumentPaths(each).includes(path),
  );
  return isAsked ? 'traced' : how;
}

export function executed(
  host: HostState,
  process: ProcessState,
  taint: Taint,
  path: string,
  how: ExecutionRoute,
  strength: 'observed' | 'inferred',
  event: HostEvent,
): void {
  if (taint.origin.kind === 'mailstore') return;
  const byPackage = ancestry(process, 4)
    .slice(1)
    .some(elder => elder.trusted && (elder.classBits & CLASS.packageManager) !== 0);
  const isHelper = !byPackage && how === 'binary' && isOwnHelper(process, taint);
  const route = byPackage ? 'package-script' : isHelper ? 'own-helper' : how;
  const step = stepOf(
    event,
    'process.started',
    process,
    isHelper ? AS_HELPER : 'runs',
    path || 'it',
    strength,
    strength === 'observed' ? 'same file' : 'the path in its arguments is that file',
  );
  const onward = extendTaint(taint, step);
  if (onward !== null) tellExecuted(host, process, onward, path, route, strength, event);
}

export function inTaintedDirectory(
  host: HostState,
  process: ProcessState,
  path: string,
  event: HostEvent,
): Taint | null {
  if (host.directories.size === 0) return null;
  let directory = dirName(path);
  for (let depth = 0; depth < 6 && directory !== '/'; depth++) {
    const held = host.directories.peek(directory);
    const broad = directory === '/tmp' || directory === '/home' || directory.split('/').length <= 3;
    if (
      held !== undefined &&
      !isVoid(host, held.taint) &&
      event.time - held.time <= 3 * DAY_MS &&
      held.uid === process.uid &&
      // In a home lies much of its person's own: what had run there before was not unpacked there.
      (!broad || ((depth === 0 || event.time - held.time <= HOUR_MS) && !host.installed.ranBefore(path, held.time)))
    )
      return held.taint.origin.kind === 'mailstore' ? null : held.taint;
    directory = dirName(directory);
  }
  return null;
}

/** Where nothing records writes, `-o FILE` of a compiler or a linker says what it makes of the sources of a folder. */
function noteBuilt(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if (host.has('file:written') || !process.trusted || (process.classBits & CLASS.compiler) === 0) return;
  const at = process.argv.indexOf('-o');
  const path = at < 0 ? '' : resolvePath(process.argv[at + 1] ?? '', process.cwd);
  const held = path.startsWith('/') ? inTaintedDirectory(host, process, path, event) : null;
  if (held === null) return;
  const step = stepOf(event, 'file.written', process, 'builds', path, 'inferred', 'named in its arguments');
  const built = extendTaint(held, step, { curated: true, assumes: 'file:written' });
  if (built !== null) taintFile(host.files.remember(fileNamed(path), event.time), built);
}

const CODE_FILES = [
  'package.json',
  'setup.py',
  'pyproject.toml',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'configure',
  '__main__.py',
  '.vscode/tasks.json',
];

function judgeCodeDirectory(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  for (const name of CODE_FILES) {
    const path = `${plan.codeDirectory}/${name}`;
    const known = host.files.byName(path);
    if (known === undefined) continue;
    for (const taint of known.taints) executed(host, process, taint, path, 'build', 'inferred', event);
  }
}

/** Content without a name: memfd, /proc/self/fd, a deleted file. The holder of tainted content runs something out of memory. */
function judgeMemory(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const path = event.file.path;
  const nameless = isNameless(path) || (event.actor.exe !== path && event.actor.exe.startsWith('/memfd:'));
  if (!nameless) return;
  for (const elder of ancestry(process, 3)) {
    for (const carry of elder.carries)
      executed(host, process, carry.taint, event.actor.exe || path, 'memory', 'inferred', event);
  }
  const { controlled } = process;
  if (controlled !== null) executed(host, process, controlled, event.actor.exe || path, 'memory', 'observed', event);
}

/** An interpreter whose program comes on standard input: from a redirected file, or from a pipeline. */
export function judgeInput(host: HostState, process: ProcessState, plan: ExecutionPlan, event: ProcessStarted): void {
  if (plan.inline) judgeSubstituted(host, process, event);
  if (!plan.fromInput) return;
  for (const carry of process.carries) {
    if (carry.taint.origin.kind === 'mailstore' || event.time - carry.time > 2000 || isArgument(carry, event)) continue;
    executed(host, process, carry.taint, '', 'standard-input', carry.strength, event);
  }
  judgeJob(host, process, event);
  for (const taint of handedOn(process)) executed(host, process, taint, '', 'standard-input', 'inferred', event);
  for (const stage of pipelineOf(process)) {
    if (stage.start > process.start + 500) continue;
    for (const carry of stage.carries)
      if (carry.taint.origin.kind !== 'mailstore') feedProgram(host, process, stage, carry.taint, event);
    if (stage.classBits & CLASS.transfer && isFetch(stage))
      feedProgram(host, process, stage, fetchTaint(host, stage, event), event);
  }
}

/** Named in the words of this very start: data to the program, which comes by another way. */
const isArgument = ({ taint: { step } }: Carry, event: ProcessStarted): boolean =>
  step.kind === 'process.started' && step.pid === event.actor.pid && step.order === event.order;

/** How long a shell takes from opening a file for a command to starting it. */
const OPENED_FOR_MS = 2000;

/**
 * sudo(8), timeout(1), flock(1) and their like start the command that their last words are, and leave it their standard input:
 * what their shell had opened for them before it became that program.
 */
function handedOn({ parent, argv }: ProcessState): readonly Taint[] {
  if (parent === null || !endsWith(parent.argv, argv)) return [];
  const from = parent.execTime - OPENED_FOR_MS;
  return parent.carries.filter(({ time }) => time >= from && time <= parent.execTime).map(({ taint }) => taint);
}

const SUBSTITUTED_MS = 10_000;
/** Nobody types the next command this soon. */
const AT_ONCE_MS = 2000;
const LONG = 200;
/** No server answers sooner than the fetcher is loaded; stages of one pipeline start at once. */
const FETCHED_MS = 5;

/**
 * `sh -c "$(curl …)"`, `python3 -c "$(wget -qO- …)"`: a program on the command line, right after a sibling fetched something. A
 * long program tells by itself. A short one might have been typed: the fetch must be what its shell started just before, to
 * standard output, and either say nothing else (for nobody reads it) or be over too soon for a hand.
 */
function judgeSubstituted(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const program = process.argv.slice(1).find(word => !word.startsWith('-')) ?? '';
  if ((process.classBits & (CLASS.shell | CLASS.interpreter)) === 0 || program === '' || !isGivenInline(process.argv))
    return;
  const { parent } = process;
  // Only a shell or a script puts what one program printed into the words of the next: a daemon starts one job after the other.
  if (parent === null || (parent.exe !== '' && (parent.classBits & (CLASS.shell | CLASS.interpreter)) === 0)) return;
  const isLong = program.length >= LONG || program.includes('\n');
  const siblings = parent.recentChildren.filter(each => each !== process && each.start <= process.start);
  for (const sibling of isLong ? siblings : siblings.slice(-1)) {
    const age = process.start - sibling.start;
    if (age > SUBSTITUTED_MS || (sibling.classBits & CLASS.transfer) === 0 || !isFetch(sibling)) continue;
    // The words of a command are complete when it starts: what has not connected by then has printed none of them.
    if (age < FETCHED_MS || (host.has('network:outbound') && sibling.connections.length === 0)) continue;
    if (!isLong && !host.has('file:written') && namesFetched(sibling, program)) continue;
    if (!isLong && (onlyFetches(sibling) || keepsFile(sibling) || (age > AT_ONCE_MS && !isSilent(sibling)))) continue;
    feedProgram(host, process, sibling, fetchTaint(host, sibling, event), event, 'substituted');
  }
}

/**
 * `curl URL/rates.csv > rates.csv`, and then a command with that name in its words, works on the file: where no writes are recorded
 * nothing else tells that there is one.
 */
function namesFetched(fetcher: ProcessState, program: string): boolean {
  const url = urlNamed(fetcher);
  const name = URL.canParse(url) ? baseName(new URL(url).pathname) : '';
  return name.includes('.') && program.split(/[^\w.-]+/).includes(name);
}

/** It makes a file of what it gets, or its shell opened one for it. */
export const keepsFile = (fetcher: ProcessState): boolean =>
  fetcher.writes.length > 0 || fetchedInto(fetcher.argv, programName(fetcher.exe), fetcher.cwd) !== '';

/** `-s` of curl(1), `-q` of wget(1), alone or among other letters. */
const isSilent = ({ argv }: ProcessState): boolean =>
  argv.some(word => /^-[a-zA-Z]*[sq]/.test(word) || word === '--silent' || word === '--quiet');

export function isFetch(process: ProcessState): boolean {
  return (
    process.argv.some(word => word.startsWith('http://') || word.startsWith('https://') || word.startsWith('ftp://')) ||
    (programName(process.exe) === 'curl' && process.argv.length > 1)
  );
}

/** The fetcher of a pipeline may be recorded after the shell that it feeds. */
export function judgeFetch(host: HostState, process: ProcessState, event: ProcessStarted): void {
  if ((process.classBits & CLASS.transfer) === 0 || !isFetch(process)) return;
  noteFetched(host, process, () => fetchTaint(host, process, event), event);
  for (const stage of pipelineOf(process)) {
    if (stage.readsProgramFromInput && stage.start >= process.start - 500)
      feedProgram(host, stage, process, fetchTaint(host, process, event), event);
  }
}

export function fetchTaint(host: HostState, fetcher: ProcessState, event: HostEvent, named = ''): Taint {
  const url = named || urlNamed(fetcher);
  const step = stepOf(
    { time: fetcher.execTime, order: event.order, ref: fetcher.execRef },
    'process.started',
    fetcher,
    'fetches',
    url || 'from outside',
    'observed',
    'its arguments',
  );
  return firstTaint(
    originOf(host, fetcher, fetcher.execTime, {
      kind: 'download',
      basis: 'fetched',
      strength: 'observed',
      person: host.userName(fetcher.uid),
      key: `${idOf(fetcher)} ${url}`,
      url,
      orderedBy: decodedOrder(host, fetcher),
      beside: webBefore(host, fetcher, fetcher.execTime),
      isPlain: named !== '' || plainUrl(fetcher) === url,
    }),
    step,
  );
}

const LAUNCH_MS = 10_000;

/** A desktop shell that has just read a launcher file starts what stands in it. */
export function judgeLaunch(host: HostState, process: ProcessState, event: ProcessStarted): void {
  const { parent } = process;
  if (parent === null || (parent.classBits & CLASS.desktop) === 0) return;
  for (const carry of parent.carries) {
    if (event.time - carry.time > LAUNCH_MS || !carry.taint.step.object.endsWith('.desktop')) continue;
    executed(host, process, carry.taint, carry.taint.step.object, 'launcher', 'inferred', event);
  }
}

/** A program that shows tainted content starts a shell or interpreter with a program of its own. */
export function judgeViewerChild(
  host: HostState,
  process: ProcessState,
  plan: ExecutionPlan,
  event: ProcessStarted,
): void {
  const { parent } = process;
  if (
    parent === null ||
    (parent.classBits & CLASS.viewer) === 0 ||
    (process.classBits & (CLASS.shell | CLASS.interpreter)) === 0
  )
    return;
  if (plan.script !== '' && isSystemPath(plan.script)) return;
  const carry = shownBy(parent);
  if (carry !== undefined) executed(host, process, carry.taint, '', 'spawned-by-viewer', 'inferred', event);
}

/** What a viewer was told to show; else what it opened last. */
function shownBy(viewer: ProcessState): Carry | undefined {
  const held = viewer.carries.filter(each => each.taint.origin.kind !== 'mailstore');
  const named = argumentPaths(viewer);
  return held.find(each => named.includes(each.taint.step.object)) ?? held.at(-1);
}
