import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { baseName } from '../../core/paths.ts';
import { type EpochMs, HOUR_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { ancestry } from '../../state/ancestry.ts';
import { holdsLetter, isOfDelivery, sendsInput } from '../../state/letters-out.ts';
import type { LetterCarried, TransferStarted } from '../../state/notices.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import { commandOption } from '../../state/shell-words.ts';
import { hostTold } from '../../state/told-hosts.ts';
import type { World } from '../../state/world.ts';
import { commandOf } from '../command-of.ts';
import { byInventory } from '../factors.ts';
import { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { unseenHand } from './by-log.ts';

/** One program that took a letter to another host. Plain data. */
interface Carried {
  readonly time: EpochMs;
  readonly pid: number;
  readonly program: string;
  readonly command: string;
  /** Whom its words name, else the address it reached. */
  to: string;
  /** Where it connected, '' where no record tells. */
  address: string;
  /** Delivery was seen to start it; else the number of what started it, or only the time, joins it to a letter. */
  readonly isSeen: boolean;
  readonly above: readonly number[];
  readonly ref: Ref;
}

interface OfPerson {
  readonly host: string;
  readonly uid: number;
  all: Carried[];
}

/** A letter that was delivered to a command of its recipient. */
interface Letter {
  readonly time: EpochMs;
  readonly queueId: string;
  readonly recipient: string;
  /** The delivery agent's. */
  readonly pid: number;
  readonly ref: Ref;
}

/** A redirection that was seen to be written. */
export interface Written {
  readonly key: string;
  readonly host: string;
  readonly owner: string;
  readonly path: string;
  readonly program: string;
  readonly pid: number;
  readonly time: EpochMs;
  readonly ref: Ref;
}

const PEOPLE_MAX = 2048;
const CARRIED_MAX = 64;
const LETTERS_MAX = 256;
const TOLD_MAX = 6;
/** The agent logs a delivery when its command has ended, and what that left behind may start a moment later. */
const TOGETHER_MS = 1500;
/** A command that delivery waits for may run for a while. */
const RUNS_MS = 60_000;
const ABOVE_MAX = 5;
/** As many are no chance. */
const ENOUGH = 3;

/** Letters that leave by a filter's pipe (.forward, .procmailrc, .mailfilter, sieve): by what delivery starts, not by the MTA. */
export class LettersCarried {
  readonly #people = new BoundedMap<string, OfPerson>(PEOPLE_MAX);
  /** Host and account -> what was delivered to a command. */
  readonly #letters = new BoundedMap<string, Letter[]>(PEOPLE_MAX);

  started({ process, host, time, ref }: TransferStarted): void {
    if (!isOfDelivery(process) || !sendsInput(process)) return;
    const isSeen = holdsLetter(process);
    const told = hostTold(process);
    // What something else is known to have started, delivery did not.
    if (told === null || (!isSeen && startedBy(process)?.execSeen === true)) return;
    this.#add(host, process, { time, to: told.host, address: '', isSeen, ref });
  }

  carried({ process, host, time, ref, event }: LetterCarried): void {
    const known = this.#people.peek(`${host}\0${process.uid}`)?.all.findLast(each => each.pid === process.pid);
    if (known !== undefined && known.time === process.execTime) {
      known.address = `${event.address}:${event.port}`;
      return;
    }
    const to = hostTold(process)?.host ?? event.address;
    this.#add(host, process, { time, to, address: `${event.address}:${event.port}`, isSeen: true, ref });
  }

  delivered({ host, time, queueId, recipient, pid, ref }: MailDelivery, world: World): void {
    const key = `${host}\0${world.identity.accountOf(recipient)}`;
    const letters = this.#letters.touch(key) ?? [];
    if (letters.length === 0) this.#letters.set(key, letters);
    if (letters.length < LETTERS_MAX) letters.push({ time, queueId, recipient, pid, ref });
  }

  /** What left, and which of the redirections explain it. */
  findings(world: World, written: readonly Written[]): { findings: Finding[]; explained: ReadonlySet<string> } {
    const findings: Finding[] = [];
    const explained = new Set<string>();
    for (const person of this.#people.values())
      for (const all of byDestination(person.all)) {
        const by = writtenFor(person, all, written, world);
        const letters = this.#letters.peek(`${person.host}\0${world.userName(person.host, person.uid)}`) ?? [];
        const finding = findingOf(person, all, letters, by, world);
        if (finding === null) continue;
        findings.push(finding);
        if (by !== undefined) explained.add(by.key);
      }
    return { findings, explained };
  }

  snapshot(): unknown {
    return { people: this.#people.snapshot(), letters: this.#letters.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as {
      people: ReturnType<BoundedMap<string, OfPerson>['snapshot']>;
      letters: ReturnType<BoundedMap<string, Letter[]>['snapshot']>;
    };
    this.#people.restore(from.people);
    this.#letters.restore(from.letters);
  }

  #add(host: string, process: ProcessState, facts: Pick<Carried, 'time' | 'to' | 'address' | 'isSeen' | 'ref'>): void {
    const key = `${host}\0${process.uid}`;
    let person = this.#people.touch(key);
    if (person === undefined) {
      person = { host, uid: process.uid, all: [] };
      this.#people.set(key, person);
    }
    if (person.all.length >= CARRIED_MAX) return;
    const above = ancestry(process, ABOVE_MAX)
      .slice(1)
      .map(({ pid }) => pid);
    person.all.push({ ...facts, above, pid: process.pid, program: programOf(process), command: commandOf(process) });
  }
}

function byDestination(all: readonly Carried[]): readonly Carried[][] {
  const groups = new Map<string, Carried[]>();
  for (const each of all) groups.set(each.to, [...(groups.get(each.to) ?? []), each]);
  return [...groups.values()];
}

/** The last redirection of this person that was written before the first letter went; what went so before is none of its doing. */
function writtenFor({ host, uid }: OfPerson, [first]: readonly Carried[], written: readonly Written[], world: World) {
  const name = world.userName(host, uid);
  const since = first?.time ?? 0;
  return written.findLast(each => each.host === host && each.owner === name && each.time <= since);
}

/** To a host of the site itself, by address or by the domain for which mail is delivered here. */
function staysInside({ to, address, time }: Carried, { mail, network }: World): boolean {
  const isOwnName = [...mail.localDomains].some(domain => to === domain || to.endsWith(`.${domain}`));
  const bare = address.slice(0, address.lastIndexOf(':'));
  return isOwnName || (bare !== '' && network.hostOf(bare, time) !== null);
}

const isTogether = (letter: Letter, each: Carried): boolean =>
  Math.abs(letter.time - each.time) <= TOGETHER_MS || isStartedBy(letter, each);

/** The log names the process that delivered, and a record names it as what stands above the program. */
const isStartedBy = ({ time: done, pid }: Letter, { time, above }: Carried): boolean =>
  pid > 1 && above.includes(pid) && Math.abs(done - time) <= RUNS_MS;

/** What started it, behind the shell of a line. */
function startedBy({ parent, uid, ses }: ProcessState): ProcessState | null {
  const isLine = parent !== null && (parent.classBits & CLASS.shell) !== 0 && commandOption(parent.argv) > 0;
  return isLine && parent.uid === uid && parent.ses === ses ? parent.parent : parent;
}

function findingOf(
  { host, uid }: OfPerson,
  all: readonly Carried[],
  letters: readonly Letter[],
  by: Written | undefined,
  world: World,
): Finding | null {
  const isJoined = (each: Carried): boolean => each.isSeen || letters.some(letter => isTogether(letter, each));
  const carried = all.filter(each => isJoined(each) && !staysInside(each, world));
  const [first] = carried;
  if (first === undefined) return null;
  const isSeen = carried.some(each => each.isSeen || letters.some(letter => isStartedBy(letter, each)));
  const since = letters.filter(({ time }) => time >= first.time - TOGETHER_MS);
  const before = letters.filter(({ time }) => time < first.time - TOGETHER_MS);
  const met = since.filter(letter => carried.some(each => isTogether(letter, each))).length;
  // By time alone: as good as each, of both.
  if (!isSeen && (carried.length * 2 < all.length || met * 2 < since.length)) return null;
  const isNew =
    by !== undefined ||
    (before.length >= ENOUGH && first.time - Math.min(...before.map(({ time }) => time)) >= HOUR_MS);
  // What it always did is its person's habit, as far as the evidence goes.
  if (!isNew) return null;
  const severity = severityOf(isSeen, carried.length);
  const who = world.userName(host, uid) || `uid ${uid}`;
  const story = new Story();
  const writtenId = by === undefined ? '' : `redirect.written#${by.pid}.${by.time}`;
  if (by !== undefined) {
    story.step(writtenId, by.time, 'redirect.written', `${by.program} (pid ${by.pid}) writes ${by.path}`, by.ref);
    story.factor('mail redirection written', 2, by.path, [writtenId]);
  }
  const shown = carried.slice(0, TOLD_MAX);
  for (const each of shown) {
    const letter = letters.find(one => isTogether(one, each));
    if (letter !== undefined) {
      const text = `${letter.queueId} to <${letter.recipient}> is delivered to a command`;
      story.step(letterId(letter), letter.time, 'mail.delivered', text, letter.ref);
    }
    const where = each.address === '' || each.address.startsWith(each.to) ? each.to : `${each.to} (${each.address})`;
    const text = `${each.program} (pid ${each.pid}) takes it to ${where}: ${each.command}`;
    story.step(carriedId(each), each.time, 'letter.carried', text, each.ref);
    if (letter !== undefined)
      story.link(
        letterId(letter),
        carriedId(each),
        'delivery',
        'inferred',
        each.isSeen || isStartedBy(letter, each)
          ? 'delivery started it, and hands the letter on standard input'
          : 'at the moment of this delivery',
      );
    if (by !== undefined) story.link(writtenId, carriedId(each), 'redirection', 'inferred', 'after it was written');
  }
  const ids = shown.map(carriedId);
  story.factor(
    'letters are carried off as they are delivered',
    3,
    `${counted(carried.length, 'letter')} to ${first.to}`,
    ids,
  );
  if (by === undefined)
    story.factor('not so with letters before', 2, `none of ${counted(before.length, 'letter')} before`, ids);
  if (!isSeen) story.miss('What started these programs is not recorded: only the time joins them to the letters.');
  if (by === undefined) story.miss('No record tells who set it up: read the filters of this account.');
  if (by === undefined) story.change(unseenHand);
  story.change(byInventory('administrator', `user: ${who}, destination: ${first.to}`));
  return toFinding(story, {
    analytic: 'AN1310',
    host,
    key: `by pipe\0${host}\0${uid}\0${first.to}`,
    severity,
    title: `Mail of ${who} is carried to ${first.to} by a filter`,
    story: `On ${host}, ${counted(carried.length, 'letter')} of ${who} went to ${first.to} by ${baseName(first.program)} as they were delivered${by === undefined ? '' : `, after ${by.path} was written with ${baseName(by.program)}`}.`,
    entities: [
      { kind: 'host', value: host },
      { kind: 'user', value: who },
      { kind: 'mailbox', value: who },
      { kind: 'process', value: `${first.program} (pid ${first.pid})` },
      { kind: 'address', value: first.to },
      ...(by === undefined ? [] : [{ kind: 'file' as const, value: by.path }]),
    ],
    next: [
      `Ask ${who}, by telephone and not by mail, whether this filter is theirs.`,
      `Read the .forward, .procmailrc, .mailfilter and sieve scripts of ${who}, and who logged in to that account before ${new Date(first.time).toISOString()}.`,
      `Who is ${first.to}? Look for it in the filters of others.`,
    ],
  });
}

function severityOf(isSeen: boolean, count: number): Severity {
  if (isSeen || count >= ENOUGH) return 'medium';
  return count > 1 ? 'low' : 'informational';
}

const letterId = ({ queueId, recipient }: Letter): string => `mail.delivered#${queueId}.${recipient}`;
const carriedId = ({ pid, time }: Carried): string => `letter.carried#${pid}.${time}`;
