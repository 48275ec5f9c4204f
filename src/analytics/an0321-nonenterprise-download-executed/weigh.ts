import { OWN_NETWORK } from '../../core/own-network.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { CLASS } from '../../state/programs.ts';
import { stepId, stepSummary, taintSteps } from '../../state/taint.ts';
import type { ContentCase, ContentConnection } from '../content-cases.ts';
import { type ContentStory, howText, isMessengerOrigin, secretId, weighLeaving } from '../content-story.ts';
import { hiddenCopyOf, weighHiddenCopy } from '../hidden-copy.ts';
import { weighNewOrder } from '../new-order.ts';
import { ownHost } from '../own-domain.ts';
import { weighInstall } from '../package-install.ts';
import { placesReached } from '../reached-out.ts';
import { isViewersHelper, weighReader, weighSourced, weighTraced } from '../reader-start.ts';
import { atLeast, atMost } from '../story.ts';
import type { Tunables } from '../tunables.ts';
import { LOOPBACK, weighHideaway } from './hideaway.ts';
import { weighOwnHost } from './own-host.ts';

/** How long before a fetch its user last browsed, and how many times the user did the same earlier. */
export interface FetchHabit {
  readonly gapMs: number;
  readonly earlier: number;
}

/**
 * Null when there is nothing to tell. `connectionsRecorded`: this host tells of connections, so that none seen means none.
 * `isUnclaimed`: where no client is known to have been in use, no message is known either that could have brought it.
 */
export function weigh(
  found: ContentCase,
  told: ContentStory,
  tunables: Tunables,
  connectionsRecorded: boolean,
  isUnclaimed: () => boolean = () => false,
): Severity | null {
  const { taint, story, ids } = told;
  const { basis } = taint.origin;
  const first = taintSteps(taint)[0] ?? taint.step;
  story.factor('a download was run', 3, `${howText(told.main)} (${told.main.strength})`, ids.runs);
  if (basis === 'place') {
    if (taint.origin.classBits === 0 && !isUnclaimed()) return null;
    story.factor('only the place tells that it was downloaded', -2, stepSummary(taint.step), [ids.taken]);
    const points = suspicion(found, told, tunables);
    const severity = weighTraced(found, told) ?? guessedSeverity(found, points, weighFetchedBeside(found, told));
    return taint.origin.classBits === 0 && severity === 'low' ? 'informational' : severity;
  }
  if (basis === 'appeared') {
    story.factor('file appeared where a browser or messenger saves', 1, stepSummary(first), [ids.origin]);
    const points = suspicion(found, told, tunables);
    return lowered(found, told, points >= 3 ? 'medium' : points >= 1 ? 'low' : 'informational', connectionsRecorded);
  }
  const client = tunables.program('BrowserProcesses', taint.origin.program);
  story.factor('a browser or messenger wrote it', 2, taint.origin.program, [ids.origin], client);
  let severity: Severity = suspicion(found, told, tunables) >= 1 ? 'medium' : 'low';
  if (told.reachedOut || found.persistence.length > 0) severity = 'high';
  if (severity === 'high' && isPlainFirstRun(found, told)) {
    story.factor('its user ran it, and it only spoke to the web', -2, told.main.path, ids.connections);
    severity = 'medium';
  }
  return lowered(found, told, severity, connectionsRecorded);
}

/** Two things that are unexpected, however slight one of them is. */
const GUESSED_MIN = 1.5;

/**
 * Nobody saw it come: low, but where it speaks past the site by a port that neither the web nor a build uses. A portable
 * application does not do that, wherever it came from, nor does it hide.
 */
function guessedSeverity({ connections, runs }: ContentCase, points: number, isFetched: boolean): Severity {
  if (points < GUESSED_MIN) return 'informational';
  return isFetched || connections.some(goesFurther) || hiddenCopyOf(runs) !== undefined ? 'medium' : 'low';
}

const FETCHED_MS = 10 * MINUTE_MS;

/**
 * A program of no package that was made executable by hand minutes after its person's browser or messenger spoke to a host outside, and
 * that then speaks to one itself, or has a tool at its command do so. People write scripts in such a place, and few write programs
 * there; what a compiler made needs no chmod(1).
 */
function weighFetchedBeside(found: ContentCase, { story, main, taint, ids }: ContentStory): boolean {
  const { beside, time } = taint.origin;
  const made = story.steps.filter(step => step.kind === 'file.made-executable');
  if (beside === undefined || beside.kind !== 'network.connected' || main.how !== 'binary') return false;
  if (made.length === 0 || time - beside.time > FETCHED_MS || OWN_NETWORK.test(beside.object)) return false;
  if (!found.connections.some(isOrdersOwn)) return false;
  story.factor('a browser or messenger spoke to a host outside just before', 1, stepSummary(beside), [
    stepId(beside),
    ...ids.runs,
  ]);
  return true;
}

const isOrdersOwn = ({ standing, destination }: ContentConnection): boolean =>
  (isOwn(standing) || standing === 'tool') && !OWN_NETWORK.test(destination) && !LOOPBACK.test(destination);

/** Of the content itself. */
const isOwn = (standing: ContentConnection['standing']): boolean => standing === 'brought' || standing === 'elsewhere';

/** ssh, git (RFC 4253; git-daemon(1)): tools of a build fetch more sources by these. */
const SOURCE_PORTS: ReadonlySet<number> = new Set([22, 9418]);

/**
 * People clone what they mean to build, and builds and their tests speak to the web and to the host itself. What left something
 * that runs later, or went to another port by a program that nobody had installed, did more.
 */
const isMoreThanWork = (found: ContentCase): boolean =>
  found.persistence.length > 0 || found.connections.some(isNoWork);

const isNoWork = ({ standing, port, destination }: ContentConnection): boolean =>
  standing !== 'installed' &&
  standing !== 'manager' &&
  !WEB_PORTS.has(port) &&
  !SOURCE_PORTS.has(port) &&
  !destination.startsWith('127.') &&
  !destination.startsWith('[::1]');

/**
 * People fetch scripts for their work, and these speak to the web and to databases and hosts of the site. One that speaks by another
 * port to a host outside does more, whether its user browsed before or not.
 */
const goesFurther = (connection: ContentConnection): boolean =>
  isNoWork(connection) && !OWN_NETWORK.test(connection.destination);

/** http, https and their registered alternatives (IANA). */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8008, 8080, 8443]);

/**
 * A person started a program from a browser's download, as it came and under its own name, and all that followed is that
 * it (or what it carries in itself) spoke to the web: no tool at its command, nothing left behind. This is how every
 * portable application starts the first time, and how an implant may: medium. A messenger's file, an archive, a disguise, a
 * script, a job, another port are more than that.
 */
function isPlainFirstRun(found: ContentCase, told: ContentStory): boolean {
  const { main, taint } = told;
  const { parentClass } = main;
  if (isMessengerOrigin(taint) || taint.archived || told.disguise !== '' || found.persistence.length > 0) return false;
  if (parentClass & (CLASS.browser | CLASS.messenger) || (main.tty === '' && parentClass & CLASS.shell)) return false;
  return (
    found.runs.every(run => run.how === 'binary' && run.path === main.path) &&
    found.connections.every(({ standing, port }) => standing !== 'tool' && WEB_PORTS.has(port))
  );
}

const SCRIPTED = new Set([
  'interpreter-script',
  'standard-input',
  'substituted',
  'launcher',
  'unit',
  'interpreter-module',
  'sourced',
  'evaluated',
]);

/** Points for what is unexpected about content, place and way of running. */
function suspicion(found: ContentCase, told: ContentStory, tunables: Tunables): number {
  const { story, main, taint, ids } = told;
  const before = story.score;
  if (told.disguise !== '') story.factor('disguised name', 2, told.disguise, [ids.main]);
  if (SCRIPTED.has(main.how)) story.factor('a script, not an installed program', 1, main.command, [ids.main]);
  const made = story.steps.filter(step => step.kind === 'file.made-executable').map(step => step.id);
  if (main.how === 'binary' && made.length > 0) story.factor('made executable by hand', 1, main.path, made);
  if (main.how === 'loader' || main.how === 'memory')
    story.factor('run in a way that hides it', 2, howText(main), [ids.main]);
  if (taint.archived) story.factor('came out of an archive', 1, stepSummary(taint.step), [ids.taken]);
  if (isMessengerOrigin(taint))
    story.factor(
      'came through a messenger',
      1,
      taint.origin.program || 'a messenger was in use',
      [ids.origin],
      tunables.program('BrowserProcesses', taint.origin.program),
    );
  if (main.parentClass & (CLASS.browser | CLASS.messenger))
    story.factor(
      'started by the client itself',
      1,
      main.parent,
      [ids.main],
      tunables.program('BrowserProcesses', main.parent),
    );
  if (main.how === 'build' || main.how === 'package-script')
    story.factor('code of the download is run by a build or package tool', 1, main.command, [ids.main]);
  weighHiddenCopy(found, story, ids.runs);
  const afterMs = main.time - taint.origin.time;
  if (afterMs < HOUR_MS && taint.origin.basis !== 'place')
    story.factor('run within the hour', 0.5, `${Math.round(afterMs / 1000)} s after the download`, [
      ids.origin,
      ids.main,
    ]);
  const lure = lureMet(main.path, tunables);
  if (lure !== null) story.factor('the name is that of a usual lure', 0.5, main.path, [ids.main], lure);
  reachedOut(found, told, 2);
  weighLeaving(told);
  leftBehind(found, told);
  return story.score - before;
}

function reachedOut(found: ContentCase, { story, reachedOut: did, ids }: ContentStory, weight: number): void {
  if (!did) return;
  story.factor('outbound network afterwards', weight, placesReached(found), ids.connections);
}

function leftBehind(found: ContentCase, { story, ids }: ContentStory): void {
  if (found.persistence.length === 0) return;
  const left = found.persistence.map(each => each.path).join(', ');
  story.factor('left something that runs later', 2, left, ids.persistence);
}

const NAME_CHARS_MAX = 256;

function lureMet(path: string, tunables: Tunables) {
  if (path === '') return null;
  const name = path.slice(path.lastIndexOf('/') + 1).slice(0, NAME_CHARS_MAX);
  return tunables.entry('PhishingIndicators', name, pattern => {
    try {
      return new RegExp(pattern, 'i').test(name);
    } catch {
      return false;
    }
  });
}

/** Sources were unpacked, configured and built, and neither the build nor what came of it reached out or left anything behind. */
function isBuildOnly(found: ContentCase, told: ContentStory): boolean {
  if (told.reachedOut || told.leaving.length > 0 || found.persistence.length > 0 || told.disguise !== '') return false;
  return (
    told.taint.archived &&
    found.runs.some(run => run.how === 'build') &&
    found.runs.every(run => run.how === 'build' || run.how === 'interpreter-script' || run.taint.curated)
  );
}

/** All that was run came out of a compiler, and none of it did more. */
const isCompiled = (found: ContentCase, told: ContentStory): boolean =>
  found.runs.every(run => run.taint.curated) &&
  found.persistence.length === 0 &&
  !told.reachedOut &&
  told.leaving.length === 0;

function builtOnly({ main, story, ids }: ContentStory): Severity {
  story.factor('sources were built, and nothing reached out', -3, main.command, ids.runs);
  return 'informational';
}

function lowered(found: ContentCase, told: ContentStory, severity: Severity, recorded: boolean): Severity {
  const { story, taint, ids } = told;
  const install = weighInstall(found, told, severity, 'informational');
  if (install !== null) return install;
  if (recorded && isBuildOnly(found, told)) return builtOnly(told);
  if (taint.curated) {
    const taken = stepSummary(taint.step);
    story.factor('taken in by version control, a compiler or a package manager', -4, taken, [ids.taken]);
    return atMost(severity, told.reachedOut ? 'low' : 'informational');
  }
  if (isViewersHelper(found)) {
    story.factor('only the viewer started something', -4, 'nothing else followed', ids.runs);
    return 'informational';
  }
  return (
    weighTraced(found, told) ??
    weighSourced(found, told) ??
    weighReader(found, told, severity) ??
    weighNewOrder(found, told, severity) ??
    severity
  );
}

const NO_DOMAINS: ReadonlySet<string> = new Set();
export const HABIT_RUNS = 1;
export const BROWSE_WINDOW_MS = 30 * MINUTE_MS;

/**
 * What runs reads a private key or a file of passwords by itself, and then speaks past the site by a port of neither the web nor a
 * build: whoever browsed before or does so by habit, that is no work on what was fetched. Tools that use keys (ssh, git) do as told.
 */
function takesSecret({ secrets, connections }: ContentCase): boolean {
  return secrets.some(secret =>
    connections.some(
      each => each.pid === secret.pid && each.time >= secret.time && isOwn(each.standing) && goesFurther(each),
    ),
  );
}

/** A command line that fetches and runs: a developer's habit, unless it is a first that follows browsing. Null for a clone at work. */
export function weighFetch(...args: Parameters<typeof weighHabit>): Severity | null {
  const severity = weighHabit(...args);
  const [found, { story }] = args;
  if (!takesSecret(found)) return severity;
  const what = found.secrets.map(({ program, path }) => `${program}: ${path}`).join(', ');
  story.factor('it read a secret and reached out', 2, what, found.secrets.map(secretId));
  return atLeast(severity ?? 'informational', 'medium');
}

function weighHabit(
  found: ContentCase,
  told: ContentStory,
  { gapMs, earlier }: FetchHabit,
  tunables: Tunables,
  connectionsRecorded: boolean,
  ownDomains: ReadonlySet<string> = NO_DOMAINS,
): Severity | null {
  const { story, main, ids } = told;
  const { beside } = told.taint.origin;
  const isClone = (told.taint.origin.classBits & CLASS.versionControl) !== 0;
  if (isClone && !isMoreThanWork(found)) return null;
  story.factor('fetched content was run', 2, main.command, ids.runs);
  // A pasted command runs what it fetched. Who fetches sources, unpacks and builds them took several steps to get a program.
  if ((connectionsRecorded && isBuildOnly(found, told)) || isCompiled(found, told)) return builtOnly(told);
  const own = ownHost(told.taint.origin, ownDomains);
  if (own !== '') return weighOwnHost(found, told, own, found.connections.some(goesFurther));
  const habit = tunables.number('HabitRuns', HABIT_RUNS);
  if (earlier >= habit) {
    story.factor('this user does so habitually', -2, `${earlier} earlier times`, [ids.main], {
      name: 'HabitRuns',
      met: `${earlier} earlier runs`,
      limit: `${habit}`,
    });
    return told.reachedOut && found.persistence.length > 0 ? 'low' : 'informational';
  }
  const windowMs = tunables.number('BrowseToCommandWindow', BROWSE_WINDOW_MS);
  if (gapMs > windowMs) {
    if (isClone) return 'informational';
    const hides = weighHideaway(found, told);
    if (!hides && !found.connections.some(goesFurther)) return 'informational';
    reachedOut(found, told, 1);
    return weighInstall(found, told, 'medium', 'informational') ?? weighSourced(found, told) ?? 'medium';
  }
  story.factor(
    'a browser or messenger was used just before',
    2,
    `${Math.round(gapMs / 1000)} s before the fetch`,
    beside === undefined ? [ids.origin] : [stepId(beside), ids.origin],
    { name: 'BrowseToCommandWindow', met: `${gapMs} ms`, limit: `${windowMs} ms` },
  );
  reachedOut(found, told, 1);
  leftBehind(found, told);
  if (isClone) return 'medium';
  const severity: Severity = told.reachedOut || found.persistence.length > 0 ? 'high' : 'medium';
  return weighInstall(found, told, severity, 'informational') ?? weighSourced(found, told) ?? severity;
}
