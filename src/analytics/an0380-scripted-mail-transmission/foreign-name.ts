import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import type { SendLimits } from './limits.ts';
import { isExternal, mailboxIn, type Outcome, recipientsOf } from './outcome.ts';
import type { SendJob } from './send.ts';
import { submissionId } from './tell.ts';

/**
 * One program writes to many people outside, each a message of their own, and by the envelope (RFC 5321) all of it comes from an
 * address of somebody else's domain: who sends what is the site's own sends it in the site's name. What passes mail on (a list, a
 * forward) keeps the names of many who wrote.
 */
export function weighForeignName(
  job: SendJob,
  outcomes: readonly Outcome[],
  story: Story,
  limits: SendLimits,
  world: World,
): void {
  if (job.systemOwned || job.context === 'mail-software' || world.mail.localDomains.size === 0) return;
  const bySender = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const sender = outcome.message?.senderKnown === true ? mailboxIn(outcome.message.sender.toLowerCase()) : '';
    if (!isOfOther(sender, world.mail.localDomains)) continue;
    const held = bySender.get(sender);
    if (held === undefined) bySender.set(sender, [outcome]);
    else held.push(outcome);
  }
  for (const [sender, sent] of bySender) {
    const outside = new Set(sent.flatMap(recipientsOf).filter(address => isExternal(address, world)));
    if (sent.length < limits.many || outside.size < limits.many) continue;
    story.factor(
      'to many outside, in the name of another domain',
      2,
      `${sent.length} messages from ${sender} to ${outside.size} recipients`,
      sent.flatMap(({ message }) => (message === null ? [] : [submissionId(message)])),
      { name: 'ManyMessages', met: `${sent.length} messages`, limit: `${limits.many} messages` },
    );
    return;
  }
}

/** Neither a domain whose mail is delivered here, nor one above or below such a domain. */
function isOfOther(address: string, own: ReadonlySet<string>): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (domain === '' || !address.includes('@')) return false;
  for (const each of own)
    if (domain === each || domain.endsWith(`.${each}`) || each.endsWith(`.${domain}`)) return false;
  return true;
}
