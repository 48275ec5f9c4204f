import { Generations } from '../../state/mail/generations.ts';

/** When the estate first heard from whom: senders, or networks that clients belong to. */
export class FirstSeen {
  readonly #first: Generations<string, { readonly first: number }>;

  constructor(keysMax: number) {
    this.#first = new Generations(keysMax);
  }

  get evicted(): number {
    return this.#first.evicted;
  }

  learn(key: string, time: number): 'new' | 'known' {
    if (this.#first.touch(key) !== undefined) return 'known';
    this.#first.add(key, { first: time });
    return 'new';
  }

  /** Nothing was heard from it until `time`, or only after it. */
  isNew(key: string, time: number): boolean {
    const known = this.#first.peek(key);
    return known === undefined || known.first > time;
  }

  forgetSince(key: string, start: number): void {
    const known = this.#first.peek(key);
    if (known !== undefined && known.first >= start) this.#first.delete(key);
  }

  snapshot() {
    return this.#first.snapshot();
  }

  restore(data: ReturnType<FirstSeen['snapshot']>): void {
    this.#first.restore(data);
  }
}
