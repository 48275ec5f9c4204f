import { counted } from '../../core/counted.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { MAILBOX_KINDS, type MailboxFacts } from '../../state/identity/contract.ts';
import type { StoreComparison } from '../../state/mail/comparison.ts';
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
  /** Its stores beside the log, over the time that the log tells of; null without the one or the other. */
  readonly agreement: Pick<
    StoreComparison,
    'logged' | 'both' | 'onlyLogged' | 'onlyStored' | 'skewMs' | 'isCut'
  > | null;
  /** Why it maps to no account, '' when it does. */
  readonly why: string;
}

/** Every mailbox that mail was delivered into, by name. One without accounts is unmapped: what its reader runs on which host is not known. */
export function mailboxReports(world: World): MailboxReport[] {
  const { mailboxes, storeOwners } = world.mail;
  const owners = new Map<string, number>();
  for (const [owner, stored] of storeOwners) owners.set(owner, (owners.get(owner) ?? 0) + stored);
  const logEnd = Math.max(...[...mailboxes.values()].map(each => each.lastTime));
  return [...new Set([...mailboxes.keys(), ...owners.keys()])].sort().map(mailbox => {
    const facts = world.identity.describe(mailbox);
    return {
      mailbox,
      ...facts,
      delivered: mailboxes.get(mailbox)?.delivered ?? 0,
      stored: owners.get(mailbox) ?? 0,
      lastTime: mailboxes.get(mailbox)?.lastTime ?? Number.NaN,
      agreement: mailboxes.has(mailbox) ? agreementOf(world, mailbox, logEnd) : null,
      why: whyOf(facts, world),
    };
  });
}

function agreementOf(world: World, mailbox: string, logEnd: number): MailboxReport['agreement'] {
  const found = world.mail.storeComparison(mailbox, Number.NEGATIVE_INFINITY, logEnd);
  if (found === null) return null;
  const { logged, both, onlyLogged, onlyStored, skewMs, isCut } = found;
  return { logged, both, onlyLogged, onlyStored, skewMs, isCut };
}

const SKEW_MS = 60_000;

/** Where mail log and mailboxes do not agree. That mail was deleted since is nothing amiss, and is only in the list. */
export function disagreements(reports: readonly MailboxReport[]): InputProblem[] {
  const unlogged = reports.filter(each => (each.agreement?.onlyStored ?? 0) > 0);
  const skewed = reports.filter(each => Math.abs(each.agreement?.skewMs ?? 0) >= SKEW_MS);
  const found: InputProblem[] = [];
  const note = (message: string): void => {
    found.push({ code: 'N_LOG_AND_STORE', source: 'mail stores', level: 'notice', message });
  };
  if (unlogged.length > 0) {
    const count = unlogged.reduce((sum, each) => sum + (each.agreement?.onlyStored ?? 0), 0);
    note(
      `${counted(count, 'delivered message')} in ${counted(unlogged.length, 'mailbox', 'mailboxes')} ${count === 1 ? 'is' : 'are'} from the time of the mail log, and no line tells of ${count === 1 ? 'it: it' : 'them: they'} came past this MTA, or the log is not whole; \`watchpost inventory mailboxes\` names the mailboxes`,
    );
  }
  if (skewed.length > 0)
    note(
      `the times in ${counted(skewed.length, 'mailbox', 'mailboxes')} are a minute or more off those of the mail log: a clock is wrong, or mail was moved later`,
    );
  return found;
}

function whyOf({ kind, accounts }: MailboxFacts, world: World): string {
  if (accounts.length > 0) return '';
  if (kind === 'unknown' && !world.identity.loaded.passwd) return 'no passwd file and no list of people says who it is';
  return MAILBOX_KINDS[kind];
}
