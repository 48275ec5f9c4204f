import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { baseName } from '../../core/paths.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import { actingUid } from '../../state/elevation.ts';
import type { LetterCarried, RedirectWritten, TransferStarted } from '../../state/notices.ts';
import { programOf } from '../../state/processes.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byInventory } from '../factors.ts';
import { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { deliveredId } from './by-log.ts';
import { type BoxCopy, Copies } from './copies.ts';
import { LettersCarried } from './letters-carried.ts';
import { SentOn } from './sent-on.ts';

/** A redirection and the mail that left by it since. Plain data. */
interface Redirect {
  readonly key: string;
  readonly host: string;
  readonly path: string;
  /** The setting in words, '' where no words tell it. */
  readonly setting: string;
  /** Blind copies: nobody's address is put in another's place. */
  readonly isBlind: boolean;
  /** Whom it names itself, '' where a table does. */
  readonly to: string;
  readonly owner: string;
  readonly uid: number;
  readonly pid: number;
  readonly program: string;
  readonly time: EpochMs;
  readonly ref: Ref;
  sent: {
    readonly time: EpochMs;
    readonly queueId: string;
    readonly recipient: string;
    readonly mailbox: string;
    readonly relay: string;
    readonly ref: Ref;
  }[];
  count: number;
}

const REDIRECTS_MAX = 4096;
const WAYS_MAX = 4096;
const SENT_MAX = 6;
const BOXES_NAMED = 3;

/** Mail stores harvested by the MTA itself: a redirection is written, and mail of that box leaves for outside. */
export class Redirects {
  entries = new BoundedMap<string, Redirect>(REDIRECTS_MAX);
  /** Host, box and whom its mail went on to: since when. */
  readonly #ways = new BoundedMap<string, EpochMs>(WAYS_MAX);
  readonly #copies = new Copies();
  readonly #sentOn = new SentOn();
  /** By programs that delivery starts, as a filter's pipe has it. */
  readonly #byPipe = new LettersCarried();

  written(notice: RedirectWritten): void {
    const { process, setting } = notice;
    const key = `redirect\0${notice.host}\0${notice.path}${setting === undefined ? '' : `\0${setting.name}`}`;
    if (this.entries.peek(key) !== undefined) return;
    // That the file is then written is the same act.
    const isSame = ({ host, path, pid }: Redirect): boolean =>
      host === notice.host && path === notice.path && pid === process.pid;
    if (setting === undefined && [...this.entries.values()].some(isSame)) return;
    this.entries.set(key, {
      key,
      host: notice.host,
      path: notice.path,
      setting: setting === undefined ? '' : `${setting.name} = ${setting.value}`,
      isBlind: setting?.name.includes('bcc') === true,
      to: /^[^@\s:/]+@[^@\s:/,]+$/.test(setting?.value ?? '') ? (setting?.value ?? '').toLowerCase() : '',
      owner: notice.owner,
      uid: actingUid(process),
      pid: process.pid,
      program: programOf(process),
      time: notice.time,
      ref: notice.ref,
      sent: [],
      count: 0,
    });
  }

  started(notice: TransferStarted): void {
    this.#byPipe.started(notice);
  }

  carried(notice: LetterCarried): void {
    this.#byPipe.carried(notice);
  }

  delivered(event: MailDelivery, world: World): void {
    this.#copies.delivered(event, world);
    if (event.channel === 'command') this.#byPipe.delivered(event, world);
    if (event.channel !== 'relay' || event.originalRecipient === '') return;
    const mailbox = world.identity.mailboxOf(event.originalRecipient);
    this.#sentOn.delivered(event, mailbox, world);
    const way = `${event.host}\0${mailbox}\0${event.recipient.toLowerCase()}`;
    let first = this.#ways.touch(way);
    if (first === undefined) {
      first = event.time;
      this.#ways.set(way, first);
    }
    for (const entry of this.entries.values()) {
      // What went on so before it was written does not leave by it.
      if (entry.host !== event.host || first + 1000 < entry.time) continue;
      if (entry.isBlind && event.recipient.toLowerCase() !== entry.to) continue;
      if (
        entry.owner !== '' &&
        entry.owner !== mailbox &&
        entry.owner !== world.identity.accountOf(event.originalRecipient)
      )
        continue;
      entry.count += 1;
      if (entry.sent.length < SENT_MAX)
        entry.sent.push({
          time: event.time,
          queueId: event.queueId,
          recipient: event.recipient,
          mailbox,
          relay: event.relay,
          ref: event.ref,
        });
    }
  }

  findings(world: World): Finding[] {
    const explained = new Set<string>();
    const byPipe = this.#byPipe.findings(world, [...this.entries.values()]);
    const entries = [...this.entries.values()].filter(({ key, count }) => count > 0 || !byPipe.explained.has(key));
    const found = entries.map(entry => {
      const copies = copiesBy(entry, this.#copies, world);
      for (const { recipient } of [...copies, ...entry.sent])
        explained.add(`${entry.host}\0${recipient.toLowerCase()}`);
      return findingOf(entry, copies, world);
    });
    return [
      ...found,
      ...byPipe.findings,
      ...this.#copies.findings(world, explained),
      ...this.#sentOn.findings(world, explained),
    ];
  }

  snapshot(): unknown {
    return {
      entries: this.entries.snapshot(),
      ways: this.#ways.snapshot(),
      copies: this.#copies.snapshot(),
      sentOn: this.#sentOn.snapshot(),
      byPipe: this.#byPipe.snapshot(),
    };
  }

  restore(data: unknown): void {
    const from = data as {
      entries: ReturnType<Redirects['entries']['snapshot']>;
      ways: ReturnType<BoundedMap<string, EpochMs>['snapshot']>;
      copies: unknown;
      sentOn: unknown;
      byPipe: unknown;
    };
    this.entries.restore(from.entries);
    this.#ways.restore(from.ways);
    this.#copies.restore(from.copies);
    this.#sentOn.restore(from.sentOn);
    this.#byPipe.restore(from.byPipe);
  }
}

/** Blind copies are seen by the messages; a table that nobody's words name may make them too. */
function copiesBy({ host, path, setting, isBlind, to, time }: Redirect, copies: Copies, world: World): BoxCopy[] {
  return isBlind || (setting === '' && path.endsWith('/main.cf')) ? copies.since(host, time, to, world) : [];
}

function findingOf(entry: Redirect, copies: readonly BoxCopy[], world: World): Finding {
  const story = new Story();
  const who = world.userName(entry.host, entry.uid) || `uid ${entry.uid}`;
  const copied = copies.map(copy => ({ ...copy, mailbox: copy.boxes.join(', ') }));
  const sent = [...entry.sent, ...copied.slice(0, SENT_MAX)];
  const count = entry.count + copies.length;
  const boxes = [...new Set(sent.map(({ mailbox }) => mailbox))];
  const whose = entry.owner || (boxes.length > BOXES_NAMED ? 'this server' : boxes.join(', '));
  const what = entry.setting === '' ? entry.path : `${entry.path} (${entry.setting})`;
  const written = `redirect.written#${entry.pid}.${entry.time}`;
  const act = `${entry.program} (pid ${entry.pid}, ${who}) writes ${what}`;
  story.step(written, entry.time, 'redirect.written', act, entry.ref);
  story.factor('mail redirection written', 2, what, [written]);
  for (const each of sent) {
    const id = deliveredId(each);
    const leaves = `mail for ${each.mailbox} leaves as ${each.queueId} for <${each.recipient}> by ${each.relay}`;
    story.step(id, each.time, 'mail.delivered', leaves, each.ref);
    const why = 'mail of this box is sent on to another host after the redirection was written';
    story.link(written, id, 'redirection', 'inferred', why);
  }
  const to = [...new Set(sent.map(each => each.recipient))];
  if (count > 0)
    story.factor('mail left by it', 3, `${counted(count, 'message')} to ${to.join(', ')}`, sent.map(deliveredId));
  else if (!world.anyMail) story.miss('No MTA log is in the evidence: whether mail left by it is not known.');
  if (entry.to === '') story.miss('The content of the redirection is not in audit logs: read the file.');
  const unseen = world.anyMail ? 'the MTA log shows none' : 'not seen, because no MTA log is in the evidence';
  if (count === 0) story.change(byEvidence(3, 'mail of this box had left for outside', unseen));
  story.change(byInventory('administrator', `user: ${who}, path: ${entry.path}`));
  return toFinding(story, {
    analytic: 'AN1310',
    host: entry.host,
    key: entry.key,
    severity: count > 0 ? 'medium' : 'informational',
    title: count > 0 ? `Mail of ${whose} is sent on to ${to.join(', ')}` : `Mail redirection written: ${entry.path}`,
    story: `On ${entry.host}, ${who} wrote ${what} with ${baseName(entry.program)}${count > 0 ? `; since then ${counted(count, 'message')} of ${whose} left for ${to.join(', ')}` : '; no mail was seen to leave by it'}.`,
    entities: [
      { kind: 'host', value: entry.host },
      { kind: 'user', value: who },
      { kind: 'file', value: entry.path },
      ...(entry.owner === '' ? copied.slice(0, 1).map(({ mailbox }) => mailbox) : [entry.owner]).map(value => ({
        kind: 'mailbox' as const,
        value,
      })),
      ...to.map(value => ({ kind: 'recipient' as const, value })),
    ],
    next: [
      `Read ${entry.path} and ask ${entry.owner || 'the administrator'} whether it is theirs.`,
      to.length > 0
        ? `Who is ${to.join(', ')}? Look for the same address in other redirections.`
        : 'Watch for mail of this box that leaves.',
    ],
  });
}
