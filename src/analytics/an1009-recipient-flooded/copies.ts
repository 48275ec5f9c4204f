import { BoundedMap } from '../../core/bounded-map.ts';
import { flatText } from '../../core/text-pool.ts';
import { Generations } from '../../state/mail/generations.ts';
import type { Sample } from './sample.ts';
import type { Root } from './twins.ts';

const MESSAGES_MAX = 40_000;
const MAILBOXES_MAX = 20_000;
/** Mailboxes told apart of one message, and beside one mailbox. */
const BESIDE_MAX = 12;
const OTHERS_MAX = 64;

/** Nearly all of a mailbox's mail, and nearly all of what another gets. */
const MOST = 0.9;
/** So many others whose mail comes here as well make a collection and no list. */
const FED_BY = 3;
const FED_BY_AT_ONCE = 5;
/** An other must have got so many to say anything. */
const OTHER_MIN = 3;
/** So many messages must not be of the one that is copied most, and be seen before a burst. */
const APART_MIN = 20;

/** What one mailbox got, and with whom. Plain data. */
interface Shared {
  seen: number;
  /** Of these, the ones that others got as well. */
  copied: number;
  /** Other mailbox -> messages that both got. */
  with: Map<string, number>;
  /** As it stood when the burst began, and which burst. */
  mark: { start: number; seen: number; copied: number } | null;
}

/**
 * One message in one mailbox: how often it came there, and how many of these times it was found to be a copy; `next` is the
 * same message in another mailbox. A list, as nearly all messages come to one.
 */
interface Beside {
  readonly mailbox: string;
  count: number;
  copied: number;
  next: Beside | null;
}

/** A mailbox that collects copies: of whom, and how much of the burst they are. */
export interface Collection {
  /** Some of the others; all where they are few. */
  readonly feeders: readonly string[];
  /** It did so before the burst. */
  readonly before: boolean;
  readonly fedBy: number;
  readonly seen: number;
  readonly copied: number;
}

/**
 * Who gets what others get. A server that copies all mail (always_bcc, recipient_bcc_maps, a journal) feeds one mailbox with
 * the mail of many: each of them gets hardly anything that does not come here too, while nobody gets all that comes here.
 * Members of a list share what they get as well, but with the same people each time; and a sender may write to a victim and
 * to others at once, but not for the whole mail of each of them.
 */
export class Copies {
  readonly #messages = new Generations<string, Beside>(MESSAGES_MAX);
  readonly #shared = new BoundedMap<string, Shared>(MAILBOXES_MAX);

  get evicted(): number {
    return this.#shared.evicted;
  }

  /** `isShared`: the message has other recipients, wherever they are; `root`: it under its first id, if any line tells of that. */
  add(mailbox: string, sample: Sample, isShared: boolean, root?: Root): void {
    const own = this.#of(mailbox);
    own.seen += 1;
    const key = sample.messageId || nameOf(root);
    const first = key === '' ? undefined : this.#messages.touch(key);
    const here = placeIn(first, mailbox);
    if (first === undefined && key !== '') this.#messages.add(key, here);
    here.count += 1;
    let found = isShared;
    // The n-th time that a message id comes to both is one message that both got.
    for (let there: Beside | null = first ?? null; there !== null; there = there.next) {
      const other = there.mailbox;
      if (other === mailbox || there.count < here.count) continue;
      found = true;
      const others = this.#of(other);
      note(own, other);
      note(others, mailbox);
      if (there.copied >= here.count) continue;
      there.copied = here.count;
      others.copied += 1;
    }
    if (!found) return;
    here.copied = here.count;
    own.copied += 1;
  }

  /** `count`: how many messages of it have come by now. */
  burstBegan(mailbox: string, start: number, count: number): void {
    const own = this.#of(mailbox);
    if (own.mark?.start === start) return;
    own.mark = { start, seen: own.seen - count, copied: Math.max(0, own.copied - count) };
  }

  /** Null for a mailbox that gets mail of its own, as far as is known. */
  collectionOf(mailbox: string): Collection | null {
    const own = this.#shared.peek(mailbox);
    if (own === undefined || own.copied < MOST * own.seen) return null;
    const feeders: string[] = [];
    let most = 0;
    for (const [other, both] of own.with) {
      most = Math.max(most, both);
      const there = this.#shared.peek(other)?.seen ?? 0;
      if (there >= OTHER_MIN && both >= MOST * there) feeders.push(other);
    }
    const fedBy = feeders.length;
    if (fedBy < FED_BY || own.seen - most < APART_MIN) return null;
    const { mark } = own;
    if (mark === null) return { feeders, before: true, fedBy, seen: own.seen, copied: own.copied };
    const before = mark.copied >= APART_MIN;
    if (!before && fedBy < FED_BY_AT_ONCE) return null;
    return { feeders, before, fedBy, seen: own.seen - mark.seen, copied: own.copied - mark.copied };
  }

  /** How many messages since the burst began others got as well. */
  copiedSince(mailbox: string, start: number): number {
    const own = this.#shared.peek(mailbox);
    return own?.mark?.start === start ? own.copied - own.mark.copied : 0;
  }

  /** Whether a mailbox's mail is copied to such a collection: one recipient more of each of its messages is then no other person. */
  isCollected(mailbox: string): boolean {
    const own = this.#shared.peek(mailbox);
    if (own === undefined) return false;
    for (const [other, both] of own.with) if (both >= MOST * own.seen && this.collectionOf(other) !== null) return true;
    return false;
  }

  snapshot() {
    return { messages: this.#messages.snapshot(), shared: this.#shared.snapshot() };
  }

  restore(data: ReturnType<Copies['snapshot']>): void {
    this.#messages.restore(data.messages);
    this.#shared.restore(data.shared);
  }

  #of(mailbox: string): Shared {
    let own = this.#shared.touch(mailbox);
    if (own === undefined) {
      own = { seen: 0, copied: 0, with: new Map(), mark: null };
      this.#shared.set(mailbox, own);
    }
    return own;
  }
}

/** Of a message without an id of its own. */
const nameOf = (root: Root | undefined): string =>
  root === undefined ? '' : flatText(`${root.host}\u0000${root.queueId}\u0000${root.firstTime}`);

/** The mailbox's place in a message's list; at its end when it is new, and beside it when the list is full. */
function placeIn(first: Beside | undefined, mailbox: string): Beside {
  let last = first;
  let length = 0;
  for (let each: Beside | null = first ?? null; each !== null; each = each.next) {
    if (each.mailbox === mailbox) return each;
    last = each;
    length += 1;
  }
  const made: Beside = { mailbox, count: 0, copied: 0, next: null };
  if (last !== undefined && length < BESIDE_MAX) last.next = made;
  return made;
}

function note(own: Shared, other: string): void {
  const before = own.with.get(other);
  if (before === undefined && own.with.size >= OTHERS_MAX) return;
  own.with.set(other, (before ?? 0) + 1);
}
