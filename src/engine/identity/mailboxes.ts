import { MAILBOX_KINDS, type MailboxFacts } from '../../state/identity/contract.ts';
import type { World } from '../../state/world.ts';

/** A mailbox that got mail in the evidence, and who is behind it. */
export interface MailboxReport extends MailboxFacts {
  readonly mailbox: string;
  /** Messages that MTAs delivered into it. */
  readonly delivered: number;
  /** Delivered messages that its stores hold. */
  readonly stored: number;
  /** Of the last delivery that an MTA logged, epoch ms; NaN when none did. */
  readonly lastTime: number;
  /** Why it maps to no account, '' when it does. */
  readonly why: string;
}

/** Every mailbox that mail was delivered into, by name. One without accounts is unmapped: what its reader runs on which host is not known. */
export function mailboxReports(world: World): MailboxReport[] {
  const { mailboxes, storeOwners } = world.mail;
  const owners = new Map<string, number>();
  for (const [owner, stored] of storeOwners) owners.set(owner, (owners.get(owner) ?? 0) + stored);
  return [...new Set([...mailboxes.keys(), ...owners.keys()])].sort().map(mailbox => {
    const facts = world.identity.describe(mailbox);
    return {
      mailbox,
      ...facts,
      delivered: mailboxes.get(mailbox)?.delivered ?? 0,
      stored: owners.get(mailbox) ?? 0,
      lastTime: mailboxes.get(mailbox)?.lastTime ?? Number.NaN,
      why: whyOf(facts, world),
    };
  });
}

function whyOf({ kind, accounts }: MailboxFacts, world: World): string {
  if (accounts.length > 0) return '';
  if (kind === 'unknown' && !world.identity.loaded.passwd) return 'no passwd file and no list of people says who it is';
  return MAILBOX_KINDS[kind];
}
