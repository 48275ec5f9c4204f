import { counted } from '../../core/counted.ts';
import { baseName, isWithin } from '../../core/paths.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { TunableMet } from '../../events/finding.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { matchPrefix } from '../../state/path-patterns.ts';
import { CLASS, classOfPath, isSystemPath } from '../../state/programs.ts';
import { stepId } from '../../state/taint.ts';
import { atMost, type Story } from '../story.ts';
import type { Tunables } from '../tunables.ts';
import type { HarvestCase, Transfer } from './case.ts';
import { readersOf, stagedFor } from './way-out.ts';

export const TIME_WINDOW_MS = 10 * MINUTE_MS;

export const isHidden = (path: string): boolean => path.includes('/.');

export const foreignReads = (found: HarvestCase) =>
  [...found.reads.values()].filter(read => read.own === false && read.owner !== '');

/** Who reads whose mail, how much, and how it leaves; background work of the system counts against it. */
export function weigh(found: HarvestCase, story: Story, tunables: Tunables, ownDomains: ReadonlySet<string>): Severity {
  const readIds = weighReads(found, story, tunables);
  if (found.staged.length > 0) {
    const told = stagedFor(found);
    const ids = told.map(each => stepId(each.taint.step));
    story.factor('staged in a file', 1, told.map(step => step.path).join(', '), ids);
  }
  const hidden = found.staged.find(step => isHidden(step.path));
  if (hidden !== undefined) story.factor('staged in a hidden place', 1, hidden.path, [stepId(hidden.taint.step)]);
  if (found.transfers.length === 0) {
    story.factor('no transfer seen', -2, 'one signal alone', readIds);
    return weighTakenOver(found, story) ? 'low' : 'informational';
  }
  const observed = found.transfers.some(transfer => transfer.strength === 'observed');
  story.factor(
    'data left or was handed to a sender',
    observed ? 3 : 2,
    found.transfers.map(toldOf).join(', '),
    found.transfers.map(transferId),
    transferMet(found.transfers, tunables),
  );
  if (isSystemWork(found, story, readIds)) return 'informational';
  if (staysInDomain(found.transfers, ownDomains)) {
    const to = found.transfers.flatMap(({ destination, also }) => [...also, destination]).filter(each => each !== '');
    story.factor('to a host of the own domain', -3, [...new Set(to)].join(', '), found.transfers.map(transferId));
    // An administrator who moves a mailbox does it so, a job that keeps a copy of its owner's mail, and who takes a few messages
    // of the own in hand; who has no such right may gather mail on a host that fell before.
    // Of two things that a person did with the own mail, nothing but time makes one.
    const apart = found.staged.length === 0 && found.transfers.every(transfer => transfer.byWindow);
    const moves = found.elevated || (isOwnOnly(found) && (isScheduled(found) || found.singledOut || apart));
    return moves && !found.staged.some(step => isHidden(step.path) && !isInBox(found, step.path))
      ? 'informational'
      : 'low';
  }
  if (isClientAtWork(found)) {
    const who = [...found.reads.values()].map(read => read.program);
    const why = `${[...new Set(who)].join(', ')}: belongs to its user, who can replace it; what left, no record says`;
    story.factor('a mail client of its user, on the own mail', -3, why, readIds);
    return 'informational';
  }
  const onlyWindow = found.transfers.every(transfer => transfer.byWindow);
  const severity: Severity = observed ? 'high' : onlyWindow ? 'low' : 'medium';
  const validated = tunables.list('ValidatedHosts');
  if (validated.includes(found.host)) return severity;
  story.factor(
    'host not validated',
    0,
    `${severity === 'high' ? 'high, held' : 'held'} at medium at most: analytics.AN1310.ValidatedHosts does not name ${found.host}`,
    readIds,
    { name: 'ValidatedHosts', met: found.host, limit: validated.join(', ') || 'no host' },
  );
  return atMost(severity, 'medium');
}

/**
 * Mail of several others was packed as root, and whoever had logged in then made the copy the own account's, to have it in hand. Where
 * no connections are recorded, nothing would show it leave.
 */
function weighTakenOver(found: HarvestCase, story: Story): boolean {
  const { takenOver, watch } = found;
  const owners = new Set(foreignReads(found).map(({ owner }) => owner));
  if (takenOver === null || watch === null || owners.size < 2) return false;
  story.factor('a copy of it made the own', 2, takenOver.path, [stepId(takenOver.taint.step)]);
  return true;
}

/**
 * People's own mail was read by the mail client that root had put in their hands, and all that connected was that client or
 * started by it: it fetches mail, pictures and updates and reports its crashes. A program that was seen to be put in the
 * client's place is no such client.
 */
export const isClientAtWork = ({ byOwnClient, reads, transfers }: HarvestCase): boolean =>
  byOwnClient && [...reads.values()].every(read => read.own === true) && transfers.every(transfer => transfer.byReader);

/**
 * Every transfer is by a process whose words name a host below a domain for which mail is delivered here, and no other; or by a
 * sender of the system, to people of such a domain.
 */
function staysInDomain(transfers: readonly Transfer[], ownDomains: ReadonlySet<string>): boolean {
  const named = new Set<number>();
  const isOwn = (host: string): boolean => [...ownDomains].some(domain => host.endsWith(`.${domain}`));
  for (const { pid, program, destination, also } of transfers) {
    const mails = isSystemPath(program) && (classOfPath(program) & CLASS.sender) !== 0;
    const isInside = (word: string): boolean => isOwn(hostIn(word)) || (mails && ownDomains.has(mailDomainOf(word)));
    if (also.some(word => !isInside(word))) return false;
    const host = hostIn(destination);
    if (host !== '' && !isInside(destination)) return false;
    if (host !== '' || also.length > 0) named.add(pid);
  }
  return transfers.every(({ pid }) => named.has(pid));
}

/** What keeps a copy of a folder may note in that folder itself what it has copied. */
const isInBox = ({ reads }: HarvestCase, path: string): boolean =>
  [...reads.values()].some(({ box }) => isWithin(path, box));

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The host in `rsync://host/x`, `user@host:x`, `host:x`; '' for an address or none. A URL's authority ends at the path, the
 * query or the fragment, and the user in it, who may have a password, at the last `@` (RFC 3986, 3.2); what scp(1) and
 * rsync(1) take ends at the first colon, whatever the path behind it holds.
 */
function hostIn(destination: string): string {
  const scheme = SCHEME.exec(destination)?.[0] ?? '';
  const end = scheme === '' ? /[:/].*$/s : /[/\\?#].*$/s;
  const host = destination
    .slice(scheme.length)
    .replace(end, '')
    .replace(/^.*@/s, '')
    .replace(/:.*$/s, '')
    .toLowerCase();
  return /[a-z]/.test(host) ? host : '';
}

/** Of `name@domain`, where nothing but an address stands. */
const mailDomainOf = (word: string): string => /^[^@:/\s]+@([^@:/\s]+)$/.exec(word)?.[1]?.toLowerCase() ?? '';

function weighReads(found: HarvestCase, story: Story, tunables: Tunables): string[] {
  const reads = [...found.reads.values()];
  const ids = reads.map(read => stepId(read.taint.step));
  const watched = reads
    .map(read => tunables.entry('WatchedMailDirs', read.box, entry => matchPrefix(read.box, entry) !== ''))
    .find(met => met !== null);
  story.factor(
    'mail store read',
    2,
    `${counted(reads.length, 'box', 'boxes')} by ${readersOf(found).slice(0, 3).join(', ')}`,
    ids,
    watched ?? null,
  );
  const foreign = foreignReads(found);
  if (foreign.length > 0) {
    const theirs = foreign.map(read => stepId(read.taint.step));
    story.factor('mail of somebody else', 2, `${counted(foreign.length, 'box', 'boxes')} of other owners`, theirs);
  }
  if (found.settings !== '') story.factor('a fetcher with settings made for the occasion', 1, found.settings, ids);
  if (reads.length > 2) story.factor('many boxes', 1, `${reads.length} boxes`, ids);
  return ids;
}

function toldOf({ program, destination, servedAt, disk }: Transfer): string {
  const where = disk !== '' ? `onto the disk at ${disk}` : servedAt === '' ? destination : `waiting at ${servedAt}`;
  return `${baseName(program)} ${where}`.trim();
}

export const transferId = (transfer: Transfer): string =>
  transfer.taint === null ? `transfer.started#${transfer.pid}.${transfer.time}` : stepId(transfer.taint.step);

/** Where only time joins them, the window that it was within; else the entry that names the tool. */
function transferMet(transfers: readonly Transfer[], tunables: Tunables): TunableMet | null {
  const nearest = Math.min(...transfers.map(transfer => transfer.gapMs));
  if (transfers.every(transfer => transfer.byWindow)) {
    const limit = `${tunables.number('TimeWindow', TIME_WINDOW_MS)} ms`;
    return { name: 'TimeWindow', met: `${nearest} ms after the read`, limit };
  }
  return tunables.program('ProcessNameList', ...transfers.map(transfer => transfer.program));
}

const isScheduled = ({ context }: HarvestCase): boolean => context === 'cron' || context === 'systemd';

const isOwnOnly = ({ reads }: HarvestCase): boolean => [...reads.values()].every(({ own }) => own === true);

function isSystemWork(found: HarvestCase, story: Story, ids: readonly string[]): boolean {
  const { broad, systemOwned, uid, job } = found;
  const scheduled = isScheduled(found);
  // A person who saves other people's mail with a backup program does what that person could do with any other.
  // A daemon of which no record tells who started it stands behind no login either.
  const ofSystem = (scheduled || found.context === 'unknown') && (systemOwned || uid < PEOPLE_UID);
  if ((found.backupProgram && (ofSystem || foreignReads(found).length === 0)) || (broad && systemOwned))
    story.factor('a backup job of the system', -5, job, ids);
  else if (broad && scheduled && uid === 0)
    story.factor('a scheduled job of root over far more than mail', -4, job, ids);
  else if (broad && scheduled && foreignReads(found).length === 0)
    story.factor('a scheduled copy of a whole home by its owner', -4, job, ids);
  else return false;
  return true;
}
