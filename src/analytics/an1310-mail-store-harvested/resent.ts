import { BoundedMap } from '../../core/bounded-map.ts';
import { counted } from '../../core/counted.ts';
import { domainOf } from '../../core/mail-address.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDelivery } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import { deliveriesOf } from '../../state/mail/deliveries.ts';
import type { SenderStarted } from '../../state/notices.ts';
import type { World } from '../../state/world.ts';
import { byEvidence } from '../factors.ts';
import { Story } from '../story.ts';
import { deliveredId, findingByLog } from './by-log.ts';
import { type Hand, Hands } from './resent-by.ts';

interface Leg {
  readonly queueId: string;
  readonly recipient: string;
  readonly time: EpochMs;
  readonly ref: Ref;
}

/** A message in a box here, and the same one handed in again for somebody elsewhere. Plain data. */
interface Again {
  readonly kept: Leg;
  readonly left: Leg & { readonly relay: string; readonly submitted: EpochMs };
}

interface Resender {
  readonly host: string;
  readonly uid: number;
  readonly box: string;
  readonly to: string;
  messages: Again[];
  count: number;
  /** The login in which that was done, where it is another's than the account's; how many of them are so. */
  hand: Hand | null;
  byHand: number;
}

const RESENDERS_MAX = 1024;
const KEPT_MAX = 16;
const TOLD_MAX = 3;
/** As many are not one letter that somebody passes on. */
const ENOUGH = 3;
/** What a filter or a forward of the box sends on leaves as it comes; what is taken out of the box lay there. */
const LAY_MS = 5000;

/**
 * Letters taken out of a box and handed to this host's MTA again, for one address elsewhere, as they are: `formail -s sendmail`, a
 * client's `bounce`, `sendmail < letter`. The Message-ID stays (RFC 5322, 3.6.6), so the MTA's log alone tells of it.
 */
export class Resent {
  entries = new BoundedMap<string, Resender>(RESENDERS_MAX);
  readonly #hands = new Hands();

  started(notice: SenderStarted, world: World): void {
    this.#hands.started(notice, world);
  }

  delivered(event: MailDelivery, world: World): void {
    if (event.channel !== 'relay' || event.originalRecipient !== '') return;
    const message = world.mail.message(event.host, event.queueId);
    if (message === undefined || message.submittedByUid < 0) return;
    const before = world.mail.inMailboxBefore(message, LAY_MS);
    // A list or a robot that gets a message sends it on as it is.
    if (before === null || [...deliveriesOf(before.message)].some(({ channel }) => channel === 'command')) return;
    const { delivery } = before;
    const to = event.recipient.toLowerCase();
    const key = keyOf(event.host, message.submittedByUid, delivery.mailbox, to);
    let entry = this.entries.touch(key);
    if (entry === undefined) {
      const { host } = event;
      const uid = message.submittedByUid;
      entry = { host, uid, box: delivery.mailbox, to, messages: [], count: 0, hand: null, byHand: 0 };
      this.entries.set(key, entry);
    }
    entry.count += 1;
    const hand = this.#hands.of(event.host, message.submittedByUid, to, message.firstTime);
    if (hand !== null) {
      entry.hand ??= hand;
      entry.byHand += 1;
    }
    if (entry.messages.length >= KEPT_MAX) return;
    const { queueId, recipient, time, ref, relay } = event;
    entry.messages.push({
      kept: {
        queueId: before.message.queueId,
        recipient: delivery.recipient,
        time: delivery.time,
        ref: delivery.ref,
      },
      left: { queueId, recipient, time, ref, relay, submitted: message.firstTime },
    });
  }

  findings(world: World): Finding[] {
    return [...this.entries.values()].flatMap(entry => {
      if (entry.count < ENOUGH || world.mail.localDomains.has(domainOf(entry.to))) return [];
      return [findingOf(entry, world)];
    });
  }

  snapshot(): unknown {
    return { entries: this.entries.snapshot(), hands: this.#hands.snapshot() };
  }

  restore(data: unknown): void {
    const from = data as { entries: ReturnType<Resent['entries']['snapshot']>; hands: unknown };
    this.entries.restore(from.entries);
    this.#hands.restore(from.hands);
  }
}

const keyOf = (host: string, uid: number, box: string, to: string): string => `resent\0${host}\0${uid}\0${box}\0${to}`;

function findingOf({ host, uid, box, to, messages, count, hand, byHand }: Resender, world: World): Finding {
  const submitter = world.userName(host, uid) || `uid ${uid}`;
  // Whoever logged in does it, whatever account the mail is handed in by.
  const isByHand = hand !== null && byHand >= ENOUGH;
  const who = isByHand ? world.userName(host, hand.uid) || `uid ${hand.uid}` : submitter;
  const account = world.identity.onHost(host).accountOf(box) || box;
  const isOwn = who === account;
  const told = new Story();
  const shown = messages.slice(0, TOLD_MAX);
  for (const { kept, left } of shown) {
    const lies = `${kept.queueId} is put into the mailbox ${box}`;
    told.step(deliveredId(kept), kept.time, 'mail.delivered', lies, kept.ref);
    const leaves = `The same message, handed in again by ${submitter}, leaves as ${left.queueId} for <${left.recipient}> by ${left.relay}`;
    told.step(deliveredId(left), left.time, 'mail.delivered', leaves, left.ref);
    const seconds = Math.round((left.submitted - kept.time) / 1000);
    const why = `the same Message-ID, handed in ${seconds} s after it was put into the mailbox`;
    told.link(deliveredId(kept), deliveredId(left), 'resent', 'inferred', why);
  }
  const left = shown.map(each => deliveredId(each.left));
  told.factor('letters of a mailbox handed in again', 3, `${counted(count, 'message')} to ${to}`, left);
  const seen = isByHand ? tellHand(told, hand, left[0] as string) : [];
  const says = isByHand && who !== submitter ? `${who} logged in, and as ${submitter} ` : `${who} `;
  if (!isOwn)
    told.factor('mail of somebody else', 2, `${says}sends what lay in the mailbox of ${box}`, [...seen, ...left]);
  if (!isByHand || hand.reader === null)
    told.miss('The log of the MTA tells who handed them in, and not what read the mailbox.');
  return findingByLog({
    told,
    host,
    key: keyOf(host, uid, box, to),
    severity: isOwn ? 'informational' : 'medium',
    title: `Letters of ${box} were sent again to ${to}`,
    story: `On ${host}, ${who}${who === submitter ? '' : `, as ${submitter},`} handed ${counted(count, 'message')} that lay in the mailbox ${box} to the MTA again, for ${to}: the same Message-IDs, another recipient.`,
    who,
    box,
    to,
    lacks: byEvidence(2, 'a record showed what read the mailbox', 'none joins a reader of it with these messages'),
    next: [
      `Ask ${box} and ${who} whether these letters were to be sent on, and who ${to} is.`,
      `Look at the jobs of ${who} at ${new Date((messages[0] as Again).left.submitted).toISOString()}.`,
    ],
  });
}

/** What of that login records show: the first sender, and what opened a mailbox before. Returns the ids of the steps. */
function tellHand(told: Story, { sender, reader }: Hand, left: string): string[] {
  const idOf = ({ pid, time }: Hand['sender']): string => `sender.started#${pid}.${time}`;
  const ids: string[] = [];
  for (const each of [reader, sender]) {
    if (each === null) continue;
    const how = each === reader ? 'is told to open a mailbox' : 'sends';
    const summary = `${each.program} (pid ${each.pid}) ${how}: ${each.command}`;
    told.step(idOf(each), each.time, 'process.started', summary, each.ref);
    ids.push(idOf(each));
  }
  if (reader !== null && reader.pid !== sender.pid)
    told.link(idOf(reader), idOf(sender), 'session', 'inferred', 'the same login and account');
  told.link(idOf(sender), left, 'submission', 'inferred', 'the same account and recipient, at that moment');
  return ids;
}
