import type { Actor } from '../../events/host-events.ts';
import type { Pending } from './pending.ts';

const SLOTS = 4096;

/**
 * The actor of an event. A process that does many things in a row is one object as long as nothing about it changes: most
 * records repeat the one before. Only saves work: an actor is never changed after it is made.
 */
export class ActorCache {
  readonly #slots: (Actor | undefined)[] = new Array<Actor | undefined>(SLOTS).fill(undefined);

  of(p: Pending): Actor {
    const slot = p.pid % SLOTS;
    const held = slot >= 0 ? this.#slots[slot] : undefined;
    if (
      held !== undefined &&
      held.pid === p.pid &&
      held.exe === p.exe &&
      held.comm === p.comm &&
      held.ppid === p.ppid &&
      held.uid === p.uid &&
      held.euid === p.euid &&
      held.auid === p.auid &&
      held.ses === p.ses &&
      held.tty === p.tty
    ) {
      return held;
    }
    const actor: Actor = {
      pid: p.pid,
      ppid: p.ppid,
      uid: p.uid,
      euid: p.euid,
      auid: p.auid,
      ses: p.ses,
      tty: p.tty,
      comm: p.comm,
      exe: p.exe,
    };
    if (slot >= 0) this.#slots[slot] = actor;
    return actor;
  }
}
