import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import { isExternal, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';

const SHORT_BYTES = 16 * 1024;
const ALIKE = 3;
const STRANGERS = 3;
const TO_EACH_MAX = 3;

/** What a job writes to whoever asks; null for none such. */
export type Crowd = ReadonlySet<Outcome> | null;

/**
 * What an application writes to whoever asks for it (welcome, reset, receipt): short messages, each to one recipient, none much
 * larger than is usual among them, to three strangers at least and to none of them again and again. Null where it does not.
 */
export function crowdOf(outcomes: readonly Outcome[], world: World): Crowd {
  const short = outcomes.filter(each => recipientsOf(each).length === 1 && isShort(sizeOf(each)));
  const sizes = short.map(sizeOf).sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1] as number;
  const crowd = short.filter(each => sizeOf(each) <= ALIKE * usual);
  const strangers = new Map<string, number>();
  for (const address of crowd.flatMap(recipientsOf).map(mailboxIn))
    if (isExternal(address, world)) strangers.set(address, (strangers.get(address) ?? 0) + 1);
  const isCrowd = strangers.size >= STRANGERS && Math.max(...strangers.values()) <= TO_EACH_MAX;
  return isCrowd ? new Set(crowd) : null;
}

/** Everything whose size and recipient are known is of the crowd. */
export const isAllCrowd = (outcomes: readonly Outcome[], crowd: Crowd): boolean =>
  crowd !== null && outcomes.every(each => crowd.has(each) || !isKnown(each));

/** Bytes; not above 0 where no log tells. */
const sizeOf = ({ message }: Outcome): number => message?.sizeBytes ?? 0;
const isShort = (bytes: number): boolean => bytes > 0 && bytes <= SHORT_BYTES;
const isKnown = (outcome: Outcome): boolean => sizeOf(outcome) > 0 || recipientsOf(outcome).length > 0;

/**
 * Of sends in their order: recipients outside to whom this job had not written while it wrote to others before. The contact
 * form that mails a stranger. To a job that writes to whoever asks a stranger is nothing new: there it is the message that is
 * unlike the others.
 */
export function deviating(outcomes: readonly Outcome[], crowd: Crowd, world: World): string[] {
  const seen = new Set<string>();
  const odd = new Set<string>();
  let insiders = 0;
  for (const outcome of outcomes) {
    if (crowd?.has(outcome) === true) continue;
    for (const address of recipientsOf(outcome)) {
      const domain = address.slice(address.lastIndexOf('@') + 1);
      const external = isExternal(address, world);
      const isOdd = crowd !== null ? sizeOf(outcome) > 0 : insiders >= 2 && !seen.has(domain);
      if (external && isOdd) odd.add(address);
      else if (external) seen.add(domain);
      else insiders += 1;
    }
  }
  return [...odd].sort();
}

const REGULAR_GAP_MS = HOUR_MS / 2;

/** Same recipients each time, sizes within a factor of three, and apart in time: a report, not a burst. */
export const isRegular = (outcomes: readonly Outcome[]): boolean =>
  outcomes.length > 1 && unlikeIn(outcomes).length === 0;

/** What speaks against it, in words that follow on `the sends`. */
export function unlikeIn(outcomes: readonly Outcome[]): string[] {
  const lists = new Set(outcomes.map(outcome => recipientsOf(outcome).map(mailboxIn).sort().join(',')));
  const sizes = outcomes.flatMap(outcome => outcome.message?.sizeBytes ?? []).filter(size => size >= 0);
  const times = outcomes.map(outcome => outcome.send.time).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  const found: string[] = [];
  if (lists.size > 1) found.push('differ in recipients');
  // Of no known size at all, nothing speaks against it: the largest of none is less than anything.
  if (Math.max(...sizes) > ALIKE * Math.min(...sizes)) found.push('differ in size');
  if (Math.min(...gaps) < REGULAR_GAP_MS) found.push(`follow each other within ${REGULAR_GAP_MS / MINUTE_MS} minutes`);
  return found;
}
