import { ByteMemory } from '../../core/byte-memory.ts';
import type { Actor } from '../../events/host-events.ts';

const SLOTS = 4096;

/** Actors by SYSCALL's words on the process, from `ppid=` to the end of `exe`. What chooses a slot is the two process ids. */
export const newActorMemory = (): ByteMemory<Actor> =>
  new ByteMemory({ slotBits: 10, roomBits: 8, hashedFrom: 5, hashedBytes: 24 });

/**
 * The actor of an event. A process that does many things in a row is one object as long as nothing about it changes: most
 * records repeat the one before. Only saves work: an actor is never changed after it is made.
 */
export class ActorCache {
  readonly #slots: (Actor | undefined)[] = new Array<Actor | undefined>(SLOTS).fill(undefined);

  /** An actor that says the same as this one, which is kept when it is new. */
  of(actor: Actor): Actor {
    const slot = actor.pid % SLOTS;
    const held = slot >= 0 ? this.#slots[slot] : undefined;
    if (
      held !== undefined &&
      held.pid === actor.pid &&
      held.exe === actor.exe &&
      held.comm === actor.comm &&
      held.ppid === actor.ppid &&
      held.uid === actor.uid &&
      held.euid === actor.euid &&
      held.auid === actor.auid &&
      held.ses === actor.ses &&
      held.tty === actor.tty
    ) {
      return held;
    }
    if (slot >= 0) this.#slots[slot] = actor;
    return actor;
  }
}
