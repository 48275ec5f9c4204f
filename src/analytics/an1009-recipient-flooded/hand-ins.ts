import { isLoopback } from '../../core/loopback.ts';
import { domainOf } from '../../core/mail-address.ts';
import { DAY_MS } from '../../core/time.ts';
import { PEOPLE_UID } from '../../events/host-events.ts';
import { contextOf, type RunContext } from '../../state/context.ts';
import { Generations } from '../../state/mail/generations.ts';
import type { SenderStarted } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import { isOwnName, type Sample } from './sample.ts';

interface Starts {
  times: number[];
  /** Of each: a login's own, not a scheduler's or a service's. */
  typed: boolean[];
}

const ACCOUNTS_MAX = 4096;
const TIMES_MAX = 512;
const MOST = 0.8;

/** What a scheduler, the service manager or a server of the host starts is a program's, whoever's account it has. */
const OF_JOBS: ReadonlySet<RunContext['kind']> = new Set(['cron', 'at', 'systemd', 'web', 'mail-software', 'unknown']);

/** Who had programs hand in mail, as process records tell it: somebody in a login, or a job. By uid. */
export class HandIns {
  readonly #starts = new Generations<number, Starts>(ACCOUNTS_MAX);

  get evicted(): number {
    return this.#starts.evicted;
  }

  note({ process, host, time }: SenderStarted, world: World): void {
    const state = world.hosts.get(host);
    if (state === undefined || process.uid < 0) return;
    const typed = !OF_JOBS.has(contextOf(state, process).kind);
    const known = this.#starts.touch(process.uid);
    if (known === undefined) {
      this.#starts.set(process.uid, { times: [time], typed: [typed] });
      return;
    }
    if (known.times.length >= TIMES_MAX) {
      known.times.splice(0, TIMES_MAX / 2);
      known.typed.splice(0, TIMES_MAX / 2);
    }
    known.times.push(time);
    known.typed.push(typed);
  }

  /** Null where no record tells of any. */
  areTyped(uid: number, from: number, to: number): boolean | null {
    const { times, typed } = this.#starts.peek(uid) ?? { times: [], typed: [] };
    const meanwhile = typed.filter((_, i) => (times[i] as number) >= from && (times[i] as number) <= to);
    return meanwhile.length === 0 ? null : meanwhile.filter(Boolean).length >= MOST * meanwhile.length;
  }

  snapshot() {
    return this.#starts.snapshot();
  }

  restore(data: ReturnType<HandIns['snapshot']>): void {
    this.#starts.restore(data);
  }
}

/** How far back letters to an account are looked for, and how many. */
const PERSON_MS = 14 * DAY_MS;
const LETTERS_MAX = 64;

/** An account to whose own mailbox others write from elsewhere is a person's, as far as the log alone can tell. */
export function isPersons(uid: number, now: number, world: World): boolean {
  const user = world.identity.userName(uid);
  if (user === '') return false;
  const letters = world.mail.deliveredTo(world.identity.mailboxOf(user), now - PERSON_MS, now, LETTERS_MAX);
  return letters.some(({ message: { submitted, clientAddress } }) => {
    return !submitted && clientAddress !== '' && !isLoopback(clientAddress);
  });
}

/**
 * Their ids were made on the host that they were handed in at: they are no old mail that somebody moves (formail(1), imapsync), which
 * keeps the ids of its writers.
 */
export function areWrittenHere(samples: readonly Sample[], uid: number, world: World): boolean {
  const own = samples.filter(({ submitterUid }) => submitterUid === uid);
  const made = own.filter(({ messageId, host }) => {
    const domain = domainOf(messageId.replace(/>$/, ''));
    return domain === '' || host === domain || host.startsWith(`${domain}.`) || isOwnName(domain, world);
  });
  return made.length >= MOST * own.length;
}

/** A name of our own domain that is nobody's account: a program that a person starts speaks in its own name (`tickets@`). */
export function isRole(sender: string, world: World): boolean {
  const domain = domainOf(sender);
  return isOwnName(domain, world) && world.identity.uidOf(sender.slice(0, -domain.length - 1)) < PEOPLE_UID;
}
