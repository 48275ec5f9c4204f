import { DAY_MS } from '../core/time.ts';
import type { Delivery, Message } from '../state/mail/contract.ts';
import type { Taint } from '../state/taint.ts';
import type { World } from '../state/world.ts';

/** The message that content most likely came out of, and how that is known. */
export interface DeliveryLink {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
}

/** Saved in the morning, opened after the weekend: links live for days. */
const DELIVERY_WINDOW_MS = 14 * DAY_MS;
const AGENT_TOLERANCE_MS = 5000;

/**
 * Observed when audit saw the delivery agent write the very file that was read later, and the agent's pid and time are
 * those of a delivery in the mail log. Else the newest message delivered to the same person before the file appeared.
 */
export function deliveryFor(world: World, taints: readonly Taint[], person: string): DeliveryLink | null {
  for (const { origin } of taints) {
    if (origin.agentPid < 0) continue;
    const found = world.mail.deliveryByAgent(
      origin.host,
      origin.agentPid,
      origin.agentTime,
      AGENT_TOLERANCE_MS,
      person === '' ? '' : world.identity.onHost(origin.host).mailboxOf(person),
    );
    if (found === undefined) continue;
    const { message, delivery, alike } = found;
    const shown =
      origin.basis === 'delivery-pipe'
        ? 'the delivery agent of this queue id started the process'
        : 'audit and mail log show the same delivery agent (pid, time) writing the file that was read';
    if (alike === 0) return { message, delivery, strength: 'observed', why: shown };
    return {
      message,
      delivery,
      strength: 'inferred',
      why: `${shown}; ${alike} other message(s) of the same second fit as well, this is the largest`,
    };
  }
  const first = taints[0];
  if (first === undefined || person === '') return null;
  const box = world.identity.onHost(first.origin.host).mailboxOf(person);
  const time = Math.max(...taints.map(taint => taint.origin.time));
  const candidates = world.mail.deliveredTo(box, time - DELIVERY_WINDOW_MS, time + 1000, 16);
  const best = candidates.find(({ message }) => message.attachments.length > 0) ?? candidates[0];
  if (best === undefined) return null;
  return { ...best, strength: 'inferred', why: `the newest message delivered to ${box} before the content appeared` };
}

/** The person behind content: whoever received or downloaded it, else the owner of the home it lies in. */
export function personOf(world: World, taints: readonly Taint[], path: string, uid: number): string {
  for (const { origin } of taints) if (origin.person !== '') return origin.person;
  const host = taints[0]?.origin.host ?? '';
  return world.identity.onHost(host).homeOwner(path) || world.userName(host, uid);
}
