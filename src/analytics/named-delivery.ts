import type { Delivery, Message } from '../state/mail/contract.ts';
import { deliveriesOf } from '../state/mail/deliveries.ts';
import type { Taint } from '../state/taint.ts';
import type { World } from '../state/world.ts';

/**
 * The message that the words of its delivery's own process name by its id, whatever became of it: a command that prints something, or
 * fails, has had the message all the same, and the log says that it bounced.
 */
export function namedDelivery(
  world: World,
  taints: readonly Taint[],
): { readonly message: Message; readonly delivery: Delivery } | null {
  for (const { origin } of taints) {
    if (origin.basis !== 'delivery-pipe' || origin.queueId === undefined) continue;
    const message = world.mail.message(origin.host, origin.queueId);
    if (message === undefined) continue;
    const all = [...deliveriesOf(message)];
    const delivery = all.find(({ channel }) => channel === 'command') ?? (all.length === 1 ? all[0] : undefined);
    if (delivery !== undefined) return { message, delivery };
  }
  return null;
}
