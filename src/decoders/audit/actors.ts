import type { Actor } from '../../events/host-events.ts';

const SLOTS = 4096;

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
