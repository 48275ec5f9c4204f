import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { isLoopback } from '../../core/loopback.ts';
import { domainOf } from '../../core/mail-address.ts';
import { type EpochMs, HOUR_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Message } from '../../state/mail/contract.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { type Copy, findingByLog, tellEvery, unseenHand } from './by-log.ts';

interface Copied {
  readonly host: string;
  readonly to: string;
  copies: Copy[];
}

/** A copy with the boxes here that the same message was put into. */
export interface BoxCopy extends Copy {
  readonly boxes: readonly string[];
}

const COPIED_MAX = 1024;
const COPIES_MAX = 64;
/** As many are no chance: each from another sender, none left out, and as many before that were not copied. */
const ENOUGH = 3;
/** Of those that were there within the hour after the last copy, so that what came ever since hides nothing. */
const MESSAGES_MAX = 500;

/**
 * Mail that an MTA copies on its own (postconf(5), always_bcc and the bcc maps): one message of a stranger, under one queue id, goes
 * into a box here and to another host. A stranger cannot have named that other recipient: no server takes such mail from outside.
 */
export class Copies {
  entries = new BoundedMap<string, Copied>(COPIED_MAX);

  delivered(event: MailDelivery, world: World): void {
    if (event.channel !== 'relay' || event.originalRecipient !== '') return;
    const message = world.mail.message(event.host, event.queueId);
    if (message === undefined) return;
    const sender = strangerOf(message, world);
    if (sender === '') return;
    const to = event.recipient.toLowerCase();
    const key = `${event.host}\0${to}`;
    let entry = this.entries.touch(key);
    if (entry === undefined) {
      entry = { host: event.host, to, copies: [] };
      this.entries.set(key, entry);
    }
    if (entry.copies.length >= COPIES_MAX || entry.copies.some(({ queueId }) => queueId === event.queueId)) return;
    const { queueId, time, recipient, relay, ref } = event;
    entry.copies.push({ queueId, came: message.firstTime, time, sender, recipient, relay, ref });
  }

  /** Copies of a host's mail for outside that came since, to `to` where that is told, and else to whom none went before. */
  since(host: string, time: EpochMs, to: string, world: World): BoxCopy[] {
    const isSince = ({ came }: Copy): boolean => came + 1000 >= time;
    return [...this.entries.values()]
      .filter(each => each.host === host && (to === '' ? each.copies.every(isSince) : each.to === to))
      .flatMap(each => boxCopies(each, world))
      .filter(isSince);
  }

  /** What no redirection explains: by the log alone, from some moment on all mail from outside for a box is copied. */
  findings(world: World, explained: ReadonlySet<string>): Finding[] {
    const found: Finding[] = [];
    for (const entry of this.entries.values()) {
      if (entry.copies.length < ENOUGH || explained.has(`${entry.host}\0${entry.to}`)) continue;
      const copies = boxCopies(entry, world);
      for (const box of new Set(copies.flatMap(({ boxes }) => boxes))) {
        const finding = findingOf(
          entry,
          box,
          copies.filter(({ boxes }) => boxes.includes(box)),
          world,
        );
        if (finding !== null) found.push(finding);
      }
    }
    return found;
  }

  snapshot(): unknown {
    return this.entries.snapshot();
  }

  restore(data: unknown): void {
    this.entries.restore(data as ReturnType<Copies['entries']['snapshot']>);
  }
}

/** The sender of a message that came from another host without a login; '' for every other, and where none is known. */
export function strangerOf(message: Message, world: World): string {
  const { clientAddress, saslUser, sender } = world.mail.rootOf(message);
  if (clientAddress === '' || isLoopback(clientAddress) || saslUser !== '') return '';
  return sender.toLowerCase();
}

function boxCopies({ host, to, copies }: Copied, world: World): BoxCopy[] {
  const { localDomains } = world.mail;
  if (localDomains.has(domainOf(to))) return [];
  return copies.flatMap(copy => {
    const message = localDomains.has(domainOf(copy.sender)) ? undefined : world.mail.message(host, copy.queueId);
    const boxes = message === undefined ? [] : boxesOf(message);
    return boxes.length === 0 ? [] : [{ ...copy, boxes }];
  });
}

const boxesOf = (message: Message): string[] =>
  [...deliveriesOf(message)].filter(({ channel }) => channel === 'mailbox').map(({ mailbox }) => mailbox);

function findingOf({ host, to }: Copied, box: string, copies: readonly BoxCopy[], world: World): Finding | null {
  if (new Set(copies.map(({ sender }) => sender)).size < ENOUGH) return null;
  const first = Math.min(...copies.map(({ came }) => came));
  const last = Math.max(...copies.map(({ came }) => came));
  const copied = new Set(copies.map(({ queueId }) => queueId));
  const strangers = world.mail
    .deliveredTo(box, Number.NEGATIVE_INFINITY, last + HOUR_MS, MESSAGES_MAX)
    .map(({ message }) => message)
    .filter(message => {
      const sender = message.host === host ? strangerOf(message, world) : '';
      return sender !== '' && !world.mail.localDomains.has(domainOf(sender));
    });
  const before = strangers.filter(({ firstTime }) => firstTime < first);
  const left = strangers.filter(
    ({ firstTime, queueId }) => firstTime >= first && firstTime <= last && !copied.has(queueId),
  );
  if (left.length > 0 || before.length < ENOUGH) return null;
  const told = new Story();
  const summary = ({ queueId, recipient, relay }: Copy): string =>
    `${queueId}, for ${box}, leaves for <${recipient}> by ${relay} as well`;
  tellEvery(told, copies, to, before.length, summary);
  told.miss('No record tells what sends the mail on: look at the settings and tables of the MTA.');
  return findingByLog({
    told,
    host,
    key: `copies\0${host}\0${to}\0${box}`,
    severity: 'low',
    title: `Mail of ${box} goes to ${to} as well`,
    story: `On ${host}, all mail from outside for ${box} goes to ${to} as well: ${counted(copies.length, 'message')} of ${new Set(copies.map(({ sender }) => sender)).size} senders, while ${counted(before.length, 'message')} before did not.`,
    who: '',
    box,
    to,
    lacks: unseenHand,
    next: [
      `Ask ${box} and the administrator whether these copies are theirs.`,
      'Look at always_bcc, recipient_bcc_maps and virtual_alias_maps of the MTA and at the tables that they name.',
      `Who is ${to}?`,
    ],
  });
}
