import { BoundedMap } from '../../core/bounded-map.ts';
import { type EpochMs, SECOND_MS } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import { actingUid } from '../../state/elevation.ts';
import type { HostState } from '../../state/host.ts';
import type { SenderStarted } from '../../state/notices.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import { recipientsIn } from '../../state/recipients.ts';
import { argumentPaths } from '../../state/tool-words.ts';
import type { World } from '../../state/world.ts';
import { commandOf } from '../command-of.ts';

/** A program that was started in the login of one account to run as another. Plain data. */
interface Started {
  readonly pid: number;
  readonly program: string;
  readonly command: string;
  readonly time: EpochMs;
  readonly ref: Ref;
}

/** Who handed mail in under the name of another account: the login behind it, its sender, and what opened a box before. */
export interface Hand {
  /** The account that logged in. */
  readonly uid: number;
  readonly sender: Started;
  readonly reader: Started | null;
}

const HANDS_MAX = 1024;
/** From the start of sendmail(1) to the line of the MTA that takes the message. */
const TAKEN_MS = 10 * SECOND_MS;

/** Senders that run as one account in the login of another (sudo(8), su(1)), by the account and whom they write to. */
export class Hands {
  entries = new BoundedMap<string, Hand & { last: EpochMs }>(HANDS_MAX);

  started({ host, process }: SenderStarted, world: World): void {
    const uid = actingUid(process);
    const state = world.hosts.get(host);
    // The submitter that the MTA logs is then somebody else than who sits there; root has everybody's mail in hand anyway.
    if (uid === process.uid || process.uid === 0 || state === undefined) return;
    const to = recipientsIn(process.argv);
    for (const each of to.length > 0 ? to : ['']) {
      const key = keyOf(host, process.uid, each);
      const known = this.entries.touch(key);
      if (known !== undefined && known.uid === uid) known.last = process.execTime;
      else
        this.entries.set(key, {
          uid,
          sender: factsOf(process),
          reader: readerBeside(state, process),
          last: process.execTime,
        });
    }
  }

  /** Whose login handed in a message that the MTA took from `uid` at that time; null where it is that account's own. */
  of(host: string, uid: number, to: string, taken: EpochMs): Hand | null {
    for (const each of [to, '']) {
      const hand = this.entries.peek(keyOf(host, uid, each));
      if (hand !== undefined && taken >= hand.sender.time && taken - hand.last <= TAKEN_MS) return hand;
    }
    return null;
  }

  snapshot(): unknown {
    return this.entries.snapshot();
  }

  restore(data: unknown): void {
    this.entries.restore(data as ReturnType<Hands['entries']['snapshot']>);
  }
}

const keyOf = (host: string, uid: number, to: string): string => `${host}\0${uid}\0${to}`;

const READERS = CLASS.mailClient | CLASS.sender;

/** A mail program of that login which its words told to open a mailbox. */
function readerBeside(host: HostState, { ses, uid, execTime }: ProcessState): Started | null {
  const opens = (each: ProcessState): boolean =>
    each.ses === ses &&
    each.uid === uid &&
    each.execRef !== null &&
    each.execTime <= execTime &&
    (each.classBits & READERS) !== 0 &&
    argumentPaths(each).some(path => host.place(path).box !== '' || host.place(`${path}/cur`).kind === 'maildir');
  const found = host.recent.findLast(opens);
  return found === undefined ? null : factsOf(found);
}

const factsOf = (process: ProcessState): Started => ({
  pid: process.pid,
  program: programOf(process),
  command: commandOf(process),
  time: process.execTime,
  ref: process.execRef as Ref,
});
