import type { Delivery, Message } from './contract.ts';

/**
 * The deliveries of a message, one a recipient. Most messages have just one, and messages are kept by the hundred thousand:
 * a Map is made from the second on.
 */
export function deliveryTo(message: Message, recipient: string): Delivery | undefined {
  if (message.others !== null) return message.others.get(recipient);
  return message.delivery?.recipient === recipient ? message.delivery : undefined;
}

/** In the order in which they were first told of. */
export function deliveriesOf({ delivery, others }: Message): Iterable<Delivery> {
  if (others !== null) return others.values();
  return delivery === null ? NONE : [delivery];
}

export const deliveryCount = ({ delivery, others }: Message): number => others?.size ?? (delivery === null ? 0 : 1);

/** In place of an earlier one to the same recipient. */
export function putDelivery(message: Message, delivery: Delivery): void {
  const { delivery: first, others } = message;
  if (others !== null) others.set(delivery.recipient, delivery);
  else if (first === null || first.recipient === delivery.recipient) message.delivery = delivery;
  else {
    message.others = new Map([
      [first.recipient, first],
      [delivery.recipient, delivery],
    ]);
  }
}

const NONE: readonly Delivery[] = [];
