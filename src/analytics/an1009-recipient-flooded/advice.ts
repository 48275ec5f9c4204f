import { counted } from '../../core/counted.ts';
import type { FindingStep } from '../../events/finding.ts';
import type { Telling } from './telling.ts';

const SKEW_MS = 60_000;

/** Where the mailbox and the log do not agree, and what follows from it. */
function storeWords({ held, storesOnly }: Telling['around']): string[] {
  if (storesOnly)
    return [
      'No MTA log is in the evidence: what was refused, deleted or filed elsewhere is not seen, nor are clients; the times are those that the mailbox gives.',
    ];
  if (held === null) return [];
  const words: string[] = [];
  const cut = held.isCut ? ', of the last ones that are kept' : '';
  if (held.onlyLogged > 0)
    words.push(
      `The log and the mailbox disagree: ${held.onlyLogged} messages were logged as delivered and are not in its stores${cut}; they were deleted or filed elsewhere since, or its other stores are not in the evidence.`,
    );
  if (held.onlyStored > 0)
    words.push(
      `The log and the mailbox disagree: ${held.onlyStored} messages lie in its stores from that time, and no line tells of them${cut}; they came another way, or the log is not whole.`,
    );
  if (Math.abs(held.skewMs) > SKEW_MS)
    words.push(
      `The times in the mailbox are ${Math.round(held.skewMs / 1000)} s ${held.skewMs > 0 ? 'after' : 'before'} those of the log: one of the two clocks is wrong, or the mail was moved there later.`,
    );
  return words;
}

/** Plain sentences: what was not recorded and what it would have shown. */
export function missingOf({ episode, world, around }: Telling): string[] {
  const { tally, growth } = episode;
  const missing: string[] = storeWords(around);
  const hosts = [...tally.hosts.keys()].sort();
  if (growth.count === 0 && !hosts.some(host => world.seen(host, 'file.opened'))) {
    missing.push(
      'No file activity was recorded on the mail host: whether and by how much the mailbox grew is not known.',
    );
  } else if (growth.count === 0) {
    missing.push('Files were recorded, but no write into this mailbox: its directory may not be watched.');
  }
  if (tally.sized === 0)
    missing.push('No line tells the size of a message: repeated large content cannot be recognised.');
  if (tally.withAttachment === 0 && around.held === null) {
    missing.push(
      'Nothing logs attachments (header checks, a scanner): whether one attachment is repeated is not known.',
    );
  }
  if (!episode.usual.known && !episode.newcomersUsual.known) {
    missing.push('The evidence before the burst is too short to say what is usual for this mailbox.');
  }
  if (tally.clients.size === 1 && tally.senders.size >= 10) {
    missing.push('One relay hands everything in: the real clients are in the log of the gateway before it.');
  }
  if (tally.clients.size === 0) missing.push('No client addresses are logged for these messages.');
  if (tally.relayed > 0)
    missing.push('Some messages were passed on to another host: its log shows whether they reached the mailbox.');
  if (!world.identity.loaded.aliases)
    missing.push('No aliases file in the evidence: other addresses of this mailbox may be missing from the count.');
  return missing;
}

/** What to do now, most useful first. */
export function nextOf({ episode, judgement, critical }: Telling, steps: readonly FindingStep[]): string[] {
  if (judgement.kind === 'loop')
    return ['Switch one of the two automatic answers off, or let it answer each sender once a day.'];
  const next: string[] = [];
  const hidden = steps.filter(step => step.id.startsWith('stands-out')).length;
  if (hidden > 0)
    next.push(
      `Read the ${counted(hidden, 'message')} that ${hidden === 1 ? 'does' : 'do'} not fit the flood first: an account change or a payment may be hidden there.`,
    );
  next.push(
    'Call the owner of the mailbox: ask about unexpected calls from "support", account changes and payments, and tell not to let anybody in.',
  );
  if (critical) next.push('Work depends on this mailbox (CriticalMailboxes): filter, and do not block or suspend it.');
  next.push('Preserve the mail log and, before anything is deleted, a copy of the mailbox.');
  next.push(
    'Slow the flood at the door for this recipient only (greylisting, rate limits, a quarantine folder), for some hours.',
  );
  next.push(
    `Follow playbook.md of AN1009; look at the same time for sign-ins and new remote access by the owner of ${episode.mailbox}.`,
  );
  return next;
}
