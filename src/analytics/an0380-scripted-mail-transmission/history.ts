import { HOUR_MS } from '../../core/time.ts';
import type { World } from '../../state/world.ts';
import { isExternal, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';

/**
 * Of sends in their order: recipients outside to whom this job had not written while it wrote to others before. The contact
 * form that mails a stranger.
 */
export function deviating(outcomes: readonly Outcome[], world: World): string[] {
  const seen = new Set<string>();
  const odd = new Set<string>();
  let insiders = 0;
  for (const outcome of outcomes) {
    for (const address of recipientsOf(outcome)) {
      const domain = address.slice(address.lastIndexOf('@') + 1);
      const external = isExternal(address, world);
      if (external && insiders >= 2 && !seen.has(domain)) odd.add(address);
      else if (external) seen.add(domain);
      else insiders += 1;
    }
  }
  return [...odd].sort();
}

const SHORT_BYTES = 16 * 1024;

/** What an application writes to those who ask: short, alike in size, each to one recipient, to nobody twice. */
export function isOneEach(outcomes: readonly Outcome[]): boolean {
  const recipients = outcomes.map(outcome => recipientsOf(outcome).map(mailboxIn));
  const sizes = outcomes.map(outcome => outcome.message?.sizeBytes ?? 0);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  return (
    recipients.every(each => each.length === 1) &&
    new Set(recipients.flat()).size === recipients.length &&
    smallest > 0 &&
    largest <= 1.5 * smallest &&
    largest <= SHORT_BYTES
  );
}

const REGULAR_GAP_MS = HOUR_MS / 2;

/** Same recipients each time, sizes within a factor of three, and apart in time: a report, not a burst. */
export function isRegular(outcomes: readonly Outcome[]): boolean {
  const lists = new Set(outcomes.map(outcome => recipientsOf(outcome).map(mailboxIn).sort().join(',')));
  const sizes = outcomes.flatMap(outcome => outcome.message?.sizeBytes ?? []).filter(size => size >= 0);
  const times = outcomes.map(outcome => outcome.send.time).sort((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  // Of no known size at all, nothing speaks against it: the largest of none is less than anything.
  const alike = Math.max(...sizes) <= 3 * Math.min(...sizes);
  return lists.size === 1 && alike && gaps.length > 0 && Math.min(...gaps) >= REGULAR_GAP_MS;
}
