import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { domainOf } from '../../core/mail-address.ts';
import { type EpochMs, HOUR_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { World } from '../../state/world.ts';
import { Story } from '../story.ts';
import { type Copy, findingByLog, tellEvery, unseenHand } from './by-log.ts';
import { strangerOf } from './copies.ts';

interface Sent {
  readonly host: string;
  readonly to: string;
  readonly box: string;
  copies: Copy[];
}

const SENT_MAX = 1024;
const COPIES_MAX = 64;
const MESSAGES_MAX = 500;
/** As many are no chance, each from another sender. */
const ENOUGH = 3;
/** So many letters, and so much time, before the first that was sent on: less may be a box that is new, or one of several ways. */
const KNOWN = 6;
const KNOWN_MS = 24 * HOUR_MS;

/**
 * Mail of one box that its MTA sends on to another host in the name of that box (`orig_to=`, the address that another stands for):
 * a .forward, a filter's redirection, an entry of a table. By the log alone it was set up at the moment from which all goes.
 */
export class SentOn {
  entries = new BoundedMap<string, Sent>(SENT_MAX);

  delivered(event: MailDelivery, mailbox: string, world: World): void {
    const to = event.recipient.toLowerCase();
    const key = `${event.host}\0${to}\0${mailbox}`;
    let entry = this.entries.touch(key);
    if (entry !== undefined && entry.copies.length >= COPIES_MAX) return;
    const message = world.mail.message(event.host, event.queueId);
    const sender = message === undefined ? '' : strangerOf(message, world);
    if (message === undefined || sender === '') return;
    if (entry === undefined) {
      entry = { host: event.host, to, box: mailbox, copies: [] };
      this.entries.set(key, entry);
    }
    if (entry.copies.some(({ queueId }) => queueId === event.queueId)) return;
    const { queueId, time, recipient, relay, ref } = event;
    entry.copies.push({ queueId, came: world.mail.rootOf(message).firstTime, time, sender, recipient, relay, ref });
  }

  /** What no redirection that was seen to be written explains. */
  findings(world: World, explained: ReadonlySet<string>): Finding[] {
    return [...this.entries.values()].flatMap(entry => {
      if (entry.copies.length < ENOUGH || explained.has(`${entry.host}\0${entry.to}`)) return [];
      return findingOf(entry, world) ?? [];
    });
  }

  snapshot(): unknown {
    return this.entries.snapshot();
  }

  restore(data: unknown): void {
    this.entries.restore(data as ReturnType<SentOn['entries']['snapshot']>);
  }
}

interface Came {
  readonly id: string;
  readonly time: EpochMs;
}

/** Letters of strangers that were put into the box under its own address, and not by way of a list or role that it belongs to. */
function cameFor({ host, box }: Sent, until: number, world: World): Came[] {
  const { localDomains } = world.mail;
  return world.mail
    .deliveredTo(box, Number.NEGATIVE_INFINITY, until, MESSAGES_MAX)
    .flatMap(({ message, delivery: { originalRecipient } }) => {
      if (originalRecipient !== '' && world.identity.mailboxOf(originalRecipient) !== box) return [];
      const sender = message.host === host ? strangerOf(message, world) : '';
      const root = world.mail.rootOf(message);
      return sender === '' || localDomains.has(domainOf(sender)) ? [] : [{ id: root.queueId, time: root.firstTime }];
    });
}

function findingOf(entry: Sent, world: World): Finding | null {
  const { host, box, to } = entry;
  const { localDomains } = world.mail;
  if (localDomains.has(domainOf(to))) return null;
  const copies = entry.copies.filter(({ sender }) => !localDomains.has(domainOf(sender)));
  const senders = new Set(copies.map(({ sender }) => sender)).size;
  if (senders < ENOUGH) return null;
  const first = Math.min(...copies.map(({ came }) => came));
  const last = Math.max(...copies.map(({ came }) => came));
  const ids = new Set(
    copies.flatMap(({ queueId }) => {
      const message = world.mail.message(host, queueId);
      return message === undefined ? [] : [world.mail.rootOf(message).queueId];
    }),
  );
  const came = cameFor(entry, last + HOUR_MS, world);
  const before = came.filter(({ time }) => time < first);
  if (came.some(({ id, time }) => time >= first && time <= last && !ids.has(id))) return null;
  const since = before.length < ENOUGH ? 0 : first - Math.min(...before.map(({ time }) => time));
  if (since < HOUR_MS) return null;
  // Who leaves or is away has all mail sent on; who does not want it to be noticed leaves it in the box as well.
  const isKept = came.some(({ id }) => ids.has(id));
  const isKnown = before.length >= KNOWN && since >= KNOWN_MS;
  const told = new Story();
  const summary = ({ queueId, recipient, relay }: Copy): string =>
    `mail for ${box} leaves as ${queueId} for <${recipient}> by ${relay}`;
  const shown = tellEvery(told, copies, to, before.length, summary);
  if (isKnown && isKept)
    told.factor('a redirection newly added', 2, `${Math.floor(since / HOUR_MS)} hours of mail without it`, shown);
  told.miss('No record tells who set it up: look at the redirections of this account and the tables of the MTA.');
  return findingByLog({
    told,
    host,
    key: `sent on\0${host}\0${to}\0${box}`,
    severity: isKnown && isKept ? 'medium' : 'low',
    title: `Mail of ${box} is sent on to ${to}`,
    story: `On ${host}, all mail from outside for ${box} goes to ${to}${isKept ? ' as well' : ''} since ${new Date(first).toISOString()}: ${counted(copies.length, 'message')} of ${senders} senders, while ${counted(before.length, 'message')} before did not.`,
    who: '',
    box,
    to,
    lacks: unseenHand,
    next: [
      `Ask ${box}, by telephone and not by mail, whether this redirection is theirs.`,
      `Read the .forward, the filters and the aliases of ${box}, and who logged in to that account before ${new Date(first).toISOString()}.`,
      `Who is ${to}? Look for the same address in other redirections.`,
    ],
  });
}
