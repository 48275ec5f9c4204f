import type { Delivery, Message } from '../state/mail/contract.ts';

/** A message that came to somebody. */
interface Came {
  readonly message: Message;
  readonly delivery: Delivery;
}

/**
 * The headers that every message has and those of an attachment, as short as they get, and the smallest programs, of a few hundred
 * bytes: what is smaller holds a few lines.
 */
const WITH_FILE_BYTES = 640;
const SECOND_MS = 1000;

interface Newest extends Came {
  /** Others of which the same can be said. */
  readonly alike: number;
  /** What its sender's address and the file's name have in common, where that chose it. */
  readonly name?: string;
}

const carries = ({ message }: Came): boolean => message.attachments.length > 0;
/** Of unknown size is what no line of the queue tells of. */
const hasRoom = ({ message: { sizeBytes } }: Came): boolean => sizeBytes < 0 || sizeBytes >= WITH_FILE_BYTES;

export const mayBring = (came: Came): boolean => carries(came) || hasRoom(came);
/** Of one it is known that it carries something, of the other not. */
export const isSurer = (one: Came, other: Came): boolean => carries(one) && !carries(other);

/**
 * Of messages, the newest first, the one that a file which appeared at `time` most likely came with, where none of their attachments
 * is known to be it: one that carries something, else one that had room for a file. It had come before, even where its log tells
 * whole seconds; `isHanded`: it was given to a program as it came. A program as such is in no message without room for one.
 */
export function newestOf(
  messages: readonly Came[],
  time: number,
  isHanded: boolean,
  isProgram: boolean,
): Newest | null {
  const isBefore = ({ delivery }: Came): boolean => delivery.time <= time;
  const isSurely = ({ delivery }: Came): boolean =>
    delivery.time <= time - (delivery.time % SECOND_MS === 0 ? SECOND_MS - 1 : 0);
  const tiers: readonly ((came: Came) => boolean)[] = isHanded
    ? [() => true]
    : [
        each => isBefore(each) && carries(each),
        each => isSurely(each) && hasRoom(each),
        each => isBefore(each) && hasRoom(each),
        isSurely,
        isBefore,
        () => true,
      ];
  const possible = isProgram && !isHanded ? messages.filter(mayBring) : messages;
  const found = tiers.map(tier => possible.filter(tier)).find(each => each.length > 0) ?? [];
  const first = found.find(carries) ?? found[0];
  if (first === undefined) return null;
  // Many logs tell whole seconds. Of the messages of one second it is rather the largest that brought a file.
  const alike = found.filter(each => each.delivery.time === first.delivery.time && carries(each) === carries(first));
  const best = alike.reduce((a, b) => (b.message.sizeBytes > a.message.sizeBytes ? b : a));
  return { ...best, alike: new Set(alike.map(each => each.message)).size - 1 };
}
