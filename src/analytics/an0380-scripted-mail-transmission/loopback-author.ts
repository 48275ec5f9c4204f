import { BoundedMap } from '../../core/bounded-map.ts';
import { isLoopback } from '../../core/loopback.ts';
import { type EpochMs, MINUTE_MS } from '../../core/time.ts';
import type { HostState } from '../../state/host.ts';
import type { Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { PackerStarted } from '../../state/notices.ts';
import { packerName } from '../../state/packers.ts';
import { idOf, type ProcessState } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import { commandOf } from '../command-of.ts';
import { NOTE_BYTES } from './limits.ts';
import { isMailService } from './mail-software.ts';
import { decisionOn, jobOf, sendOf } from './make-send.ts';
import { isExternal, type Outcome, stateOf } from './outcome.ts';
import { packsFor } from './packed.ts';
import type { SendJob } from './send.ts';
import { carriedOn } from './submission.ts';

/** A program in the background that had something packed, and may have handed in what came over the loopback then. */
interface Author {
  readonly job: SendJob;
  /** When it had something packed, the last `TIMES_MAX` times. */
  readonly times: readonly EpochMs[];
}

const AUTHORS_MAX = 1024;
const PACKINGS_MAX = 4;
const TIMES_MAX = 256;
/** It packs, and then connects. */
const SOON_MS = MINUTE_MS;
const WHY = 'a message came in over the loopback, and of all that runs here only this had just packed something';

/** Packing is their work, or they do nothing by themselves. */
const OTHERWISE =
  CLASS.shell |
  CLASS.sender |
  CLASS.packer |
  CLASS.backup |
  CLASS.packageManager |
  CLASS.build |
  CLASS.versionControl |
  CLASS.scheduler |
  CLASS.desktop |
  CLASS.mailClient |
  CLASS.browser;

const BACKGROUND: ReadonlySet<string> = new Set(['cron', 'at', 'systemd', 'detached', 'unattended']);

/**
 * Where no record tells of connections, a program that speaks SMTP to the server of its own host is seen in that server's log only: as a
 * client on the loopback, whom nothing names. Whose message it is follows from what the one program did that packed something right
 * before; not where others come over the loopback with as much, at times when nobody packed.
 */
export class LoopbackAuthors {
  readonly #authors = new BoundedMap<string, Author>(AUTHORS_MAX);

  packed({ process, time, ref }: PackerStarted, host: HostState): void {
    const by = packsFor(process);
    if (by === null || host.has('network:outbound') || !mayHandIn(by)) return;
    const { context, key, ...above } = decisionOn(by, host);
    if (!BACKGROUND.has(context.kind)) return;
    const name = `${host.host}\0${idOf(by)}`;
    const packing = { time, pid: process.pid, packer: packerName(process), command: commandOf(process), ref };
    const known = this.#authors.peek(name);
    const before = known?.job.sends[0]?.packing ?? [];
    const packings = [...before, packing].slice(-PACKINGS_MAX);
    const send = sendOf({
      process: by,
      host,
      time: by.execTime,
      ref: by.execRef ?? ref,
      context,
      ...above,
      stages: [],
      attachments: [],
      packers: null,
      scriptHint: '',
      packedBefore: [...new Set(packings.map(each => each.packer))],
    });
    const job = jobOf(`loopback ${key}`, host, by, context);
    const times = [...(known?.times ?? []), time].slice(-TIMES_MAX);
    this.#authors.set(name, { job: { ...job, sends: [{ ...send, packing: packings }] }, times });
  }

  /** Jobs, each with what it handed in. `explained`: messages that recorded senders account for. */
  found(world: World, explained: ReadonlySet<Message>): readonly { job: SendJob; outcomes: readonly Outcome[] }[] {
    const byHost = Map.groupBy(this.#authors.values(), ({ job }) => job.host);
    return [...byHost].flatMap(([host, authors]) => foundOn(host, authors, world, explained));
  }

  snapshot(): unknown {
    return this.#authors.snapshot();
  }

  restore(data: unknown): void {
    this.#authors.restore(data as ReturnType<BoundedMap<string, Author>['snapshot']>);
  }
}

const mayHandIn = (process: ProcessState): boolean =>
  process.execSeen && (process.classBits & OTHERWISE) === 0 && !isMailService(process);

function foundOn(host: string, authors: readonly Author[], world: World, explained: ReadonlySet<Message>) {
  if (world.seen(host, 'network:outbound')) return [];
  const all = world.mail
    .receivedBetween(host, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    .filter(each => !explained.has(each) && isOpen(each, world));
  const pairs = all.map(message => ({ message, by: authorsOf(message, authors) }));
  if (pairs.some(({ by }) => by.length !== 1)) return [];
  const made = new Map<string, { job: SendJob; outcomes: Outcome[] }>();
  for (const { message, by } of pairs) {
    const [author] = by;
    const send = author?.job.sends[0];
    if (author === undefined || send === undefined || !isOutward(message, world)) continue;
    const { job } = author;
    const carried = carriedOn(message, world);
    const outcome: Outcome = {
      send,
      message,
      carried,
      state: stateOf(carried),
      strength: 'inferred',
      why: WHY,
      sessions: [],
    };
    const held = made.get(job.key);
    if (held === undefined) made.set(job.key, { job: { ...job, sends: [send] }, outcomes: [outcome] });
    else {
      if (!held.job.sends.includes(send)) held.job.sends.push(send);
      held.outcomes.push(outcome);
    }
  }
  return [...made.values()];
}

/** It came over the loopback from nobody who is named, with more than words, and was nowhere before. */
const isOpen = (message: Message, world: World): boolean =>
  isLoopback(message.clientAddress) &&
  message.sizeBytes >= NOTE_BYTES &&
  message.saslUser === '' &&
  message.origin === 'none' &&
  world.mail.before(message) === null;

const isOutward = (message: Message, world: World): boolean => {
  const to = [...deliveriesOf(message)];
  return to.length > 0 && to.every(({ recipient }) => isExternal(recipient, world));
};

const authorsOf = ({ firstTime }: Message, authors: readonly Author[]): Author[] =>
  authors.filter(({ times }) => times.some(time => firstTime >= time && firstTime - time <= SOON_MS));
