import type { NetworkEvent } from '../../events/network-events.ts';

/** What sensors on the wire saw, for all hosts: which kinds came. */
export class NetworkState {
  #kinds = new Set<string>();

  push(event: NetworkEvent): void {
    this.#kinds.add(event.kind);
  }

  seen(kind: string): boolean {
    return this.#kinds.has(kind);
  }

  snapshot(): unknown {
    return { kinds: this.#kinds };
  }

  restore(data: unknown): void {
    this.#kinds = new Set((data as { kinds: Set<string> }).kinds);
  }
}
