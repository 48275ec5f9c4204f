import type { Finding } from '../../events/finding.ts';
import type { MailDelivery, MailEvent } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import type { World } from '../../state/world.ts';
import type { TunableValue } from '../contract.ts';
import { an1009 } from './analytic.ts';
import { HOUR, REF, worldOf } from './burst.test-support.ts';
import { FloodRun } from './run.ts';

/** The analytic with events in plain values, and a world that knows of messages what a test says. */
export const SECOND = 1000;
export const START = 100 * HOUR;

const messages = (facts: Partial<Message>): Message =>
  ({
    host: 'mx1',
    queueId: 'Q',
    firstTime: START,
    sender: 'a@example.net',
    senderKnown: true,
    saslUser: '',
    clientAddress: '203.0.113.1',
    clientName: 'unknown',
    sizeBytes: -1,
    recipientCount: 1,
    submittedByUid: -1,
    submitted: false,
    messageId: '',
    delivery: null,
    others: null,
    ...facts,
  }) as unknown as Message;

export interface Facts {
  readonly anyMail?: boolean;
  /** What is known of each message, the same of all or by queue id; nothing of those of which it is undefined. */
  readonly message?: Partial<Message> | ((queueId: string) => Partial<Message> | undefined);
  /** The message as it came in, where that is another queue id. */
  readonly root?: (message: Message) => Message;
}
export const world = ({ anyMail = true, message, root = each => each }: Facts = {}): World =>
  worldOf({
    anyMail,
    seen: () => true,
    identity: {
      loaded: { aliases: true },
      mailboxOf: (name: string) => name.toLowerCase().split('@')[0],
      accountOf: () => '',
      uidOf: () => -1,
      userName: () => '',
    },
    mail: {
      localDomains: new Set<string>(),
      message: (_: string, queueId: string) => {
        const facts = typeof message === 'function' ? message(queueId) : message;
        return facts === undefined ? undefined : messages({ queueId, ...facts });
      },
      rootOf: root,
      attachmentsLogged: () => [],
      storeComparison: () => null,
    },
  });

export const delivered = (index: number, facts: Partial<MailDelivery> = {}): MailDelivery =>
  ({
    kind: 'mail.delivered',
    time: START + index * SECOND,
    order: index,
    host: 'mx1',
    ref: REF,
    program: 'postfix/local',
    pid: -1,
    queueId: `Q${index}`,
    recipient: 'clerk@example.org',
    originalRecipient: '',
    relay: 'local',
    channel: 'mailbox',
    delaySeconds: 0,
    dsn: '2.0.0',
    text: '',
    ...facts,
  }) as MailDelivery;
export const hundred = (facts: Partial<MailDelivery> = {}, from = 0): MailDelivery[] =>
  Array.from({ length: 100 }, (_, index) => delivered(from + index, facts));

export const runOf = (tunables: Record<string, TunableValue> = {}): FloodRun => {
  const all = new Map<string, TunableValue>(an1009.meta.tunables.map(each => [each.name, each.default]));
  return new FloodRun(new Map([...all, ...Object.entries(tunables)]));
};
export function told(
  events: readonly MailEvent[],
  facts: Facts = {},
  tunables: Record<string, TunableValue> = {},
): Finding[] {
  const run = runOf(tunables);
  for (const event of events) run.onMail(event, world(facts));
  return run.findings(world(facts), START as never);
}
export const counts = (found: readonly Finding[]): (string | undefined)[] =>
  found.map(each => /, (\d+) messages from/.exec(each.story)?.[1]);
