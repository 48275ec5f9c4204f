import { CLASS, classOfPath } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import type { HarvestCase } from './case.ts';

const MESSAGES_MAX = 500;

/**
 * Only time joins what was sent to what was read, it is the account's own mail, and what was sent is mail for people who had written
 * to this very account before: somebody looks at the mail and answers it. '' where it is not so.
 */
export function answeredIn({ host, uid, reads, transfers, staged }: HarvestCase, world: World): string {
  const user = world.userName(host, uid);
  if (user === '' || staged.length > 0) return '';
  if ([...reads.values()].some(({ own }) => own !== true)) return '';
  if (transfers.some(({ byWindow, program }) => !byWindow || (classOfPath(program) & CLASS.sender) === 0)) return '';
  const named = transfers.map(({ destination, also }) => [destination, ...also].filter(each => each !== ''));
  if (named.some(each => each.length === 0)) return '';
  const first = Math.min(...transfers.map(({ time }) => time));
  const mailbox = world.identity.mailboxOf(user);
  const theirs = world.mail.deliveredTo(mailbox, Number.NEGATIVE_INFINITY, first, MESSAGES_MAX);
  const wrote = new Set(theirs.map(({ message }) => message.sender.toLowerCase()));
  const to = [...new Set(named.flat().map(each => each.toLowerCase()))];
  return to.every(each => wrote.has(each)) ? to.join(', ') : '';
}
