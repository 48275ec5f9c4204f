import type { MailDelivery } from '../../events/mail-events.ts';
import type { MailIdentity } from './contract.ts';
import type { LearnedDomains } from './domains.ts';
import type { Pair } from './retold.ts';
import { isWireId } from './wire-id.ts';

/** What a delivery tells of its recipient's domain. */
export function learnDomain(domains: LearnedDomains, identity: MailIdentity, event: MailDelivery, agent: string): void {
  const at = event.recipient.lastIndexOf('@');
  const domain = event.recipient.slice(at + 1).toLowerCase();
  if (at < 0 || domain === '') return;
  if (agent === 'local') domains.learn(domain, 'account');
  else if (event.channel === 'mailbox') domains.learn(domain, 'virtual');
  else if (isWireId(event.queueId) && !event.relay.includes(`[${event.host}]`)) {
    // A host of ours takes mail for one of its accounts: no MTA's log says so, so only the account's name tells.
    if (identity.accountOf(event.recipient.slice(0, at)) !== '') domains.learn(domain, 'account');
  }
}

/**
 * Delivery software names the account, the MTA the address: where the address without domain and extension is the account,
 * addresses of that domain are accounts.
 */
export function learnPair(domains: LearnedDomains, pairs: readonly Pair[]): void {
  for (const { address, account } of pairs) {
    const at = address.lastIndexOf('@');
    if (at < 0 || account === '' || account.includes('@')) continue;
    const local = address.slice(0, at).toLowerCase().split('+')[0];
    if (local === account.toLowerCase()) domains.learn(address.slice(at + 1).toLowerCase(), 'account');
  }
}
