import { counted } from '../../core/counted.ts';
import { HOUR_MS } from '../../core/time.ts';
import type { StoreComparison } from '../../state/mail/comparison.ts';
import type { Episode } from './episode.ts';
import { formsOf, networkOf } from './shape.ts';
import { type Tally, topOf } from './tally.ts';
import type { Weighed } from './weighed.ts';

/** Points of an attachment that repeats, and of its ending being listed. */
export const REPEATED = 30;
export const PATTERNED = 5;
const LARGE_BYTES = 20_000;

/**
 * What the messages of a burst have in common, strongest first. Names of senders decide nothing, repetition does. `isCrowded`: it
 * holds far more newcomers than are usual at this mailbox.
 */
export function repetitionOf(episode: Episode, held: StoreComparison | null, isCrowded = false): Weighed[] {
  const { tally } = episode;
  const found = [
    sameAttachment(tally) ?? storedAgain(tally, held),
    nullSender(tally),
    freshSenders(episode, isCrowded),
    oneSource(tally),
    sameSize(tally),
    oneNetwork(tally),
    manyAddresses(tally),
  ].filter(factor => factor !== null);
  return found.sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
}

function sameAttachment(tally: Tally): Weighed | null {
  const top = topOf(tally.attachments);
  if (top === null || top.count < 10 || top.count < 0.3 * tally.count) return null;
  const patterned = tally.patterned >= top.count / 2;
  const evidence = `${top.count} messages carry the attachment ${top.key}${patterned ? ', a type that AttachmentPatternList names' : ''}`;
  if (!patterned) return { name: 'attachment-repeated', weight: REPEATED, evidence };
  const tunable = { name: 'AttachmentPatternList', met: `${tally.patterned} messages`, limit: tally.pattern };
  return { name: 'attachment-repeated', weight: REPEATED + PATTERNED, evidence, tunable };
}

/** No line names attachments: the mailbox itself shows one content again and again. */
function storedAgain(tally: Tally, held: StoreComparison | null): Weighed | null {
  if (held === null) return null;
  const top = held.repeated;
  if (top === null || top.count < 10 || top.count < 0.3 * Math.min(tally.count, held.stored)) return null;
  const evidence = `${top.count} messages in the mailbox hold the same attachment ${top.name || 'without a name'} (sha256 ${top.sha256}), ${top.bytes} bytes together`;
  return { name: 'attachment-repeated', weight: REPEATED, evidence };
}

function nullSender(tally: Tally): Weighed | null {
  if (tally.nullSenders < 0.5 * tally.count || tally.nullSenders < 20) return null;
  const evidence = `${tally.nullSenders} messages have the null sender: notifications about mail that this mailbox did not send`;
  return { name: 'backscatter', weight: 30, evidence };
}

/** Subscription bombing: everybody is a stranger and writes once. */
function freshSenders(episode: Episode, isCrowded: boolean): Weighed | null {
  const { tally } = episode;
  const distinct = tally.senders.size;
  if (distinct < 20 || distinct < 0.5 * tally.count || tally.fresh < MOSTLY * tally.count) return null;
  // Customers, applicants, the public: where strangers are usual they prove nothing, unless they are many times as many.
  if (episode.strangersUsual >= STRANGERS_USUAL && !isCrowded) return null;
  const knows = episode.evidenceBeforeMs >= 24 * HOUR_MS;
  const lately = tally.freshHeard > 0 ? `, ${tally.freshHeard} from such as first wrote in the day before` : '';
  const evidence = `${distinct} different senders at ${counted(tally.domains.size, 'domain')}, ${tally.fresh - tally.freshHeard} messages from senders never seen here before${lately}${knows ? '' : ' (the evidence before the burst is short)'}`;
  return { name: 'strangers-once-each', weight: knows ? 35 : 30, evidence };
}

const MOSTLY = 0.8;
export const STRANGERS_USUAL = 0.4;

function oneSource(tally: Tally): Weighed | null {
  const sender = topOf(tally.senders);
  const shape = topOf(tally.shapes);
  if (tally.fresh < 0.5 * tally.count) return null;
  if (
    sender !== null &&
    sender.key !== '' &&
    sender.key !== '?' &&
    sender.count >= 0.6 * tally.count &&
    sender.count >= 20
  ) {
    return {
      name: 'one-sender',
      weight: 25,
      evidence: `${sender.count} messages come from ${sender.key}, unknown before`,
    };
  }
  if (
    shape !== null &&
    shape.key !== '' &&
    shape.key !== '?' &&
    shape.count >= 0.4 * tally.count &&
    shape.count >= 20 &&
    // One sender is no group of senders that look alike.
    (sender === null || sender.key === '?' || sender.count < shape.count)
  ) {
    const evidence = `${shape.count} senders differ in their numbers only: ${shape.key}`;
    return { name: 'senders-alike', weight: 25, evidence };
  }
  const forms = formsOf(tally.shapes, tally.count);
  if (forms === null) return null;
  const evidence = `${forms.count} senders are of ${forms.kinds} forms and differ in their numbers only`;
  return { name: 'senders-alike', weight: 25, evidence };
}

function sameSize(tally: Tally): Weighed | null {
  const top = topOf(tally.sizes);
  if (top === null) return null;
  const count = top.count + (tally.sizes.get(top.key + 1) ?? 0) + (tally.sizes.get(top.key - 1) ?? 0);
  if (count < 30 || count < 0.6 * tally.count) return null;
  const large = top.key * 64 >= LARGE_BYTES;
  const evidence = `${count} messages have nearly the same size, about ${top.key * 64} bytes`;
  return { name: large ? 'same-large-content' : 'same-size', weight: large ? 30 : 15, evidence };
}

/** Many addresses of one network that is new here: a sender who rotates through what it owns. */
function oneNetwork(tally: Tally): Weighed | null {
  const top = topOf(tally.networks);
  if (top === null || top.key === '' || top.count < 0.6 * tally.count) return null;
  const addresses = [...tally.clients.keys()].filter(each => networkOf(each) === top.key).length;
  if (addresses < 10) return null;
  const evidence = `${top.count} messages come from ${addresses} addresses of the network ${top.key}, from which nothing came before`;
  return { name: 'one-network', weight: 20, evidence };
}

function manyAddresses(tally: Tally): Weighed | null {
  if (tally.addresses.size < 5 || tally.count < 20) return null;
  const evidence = `${tally.addresses.size} addresses lead into this one mailbox`;
  return { name: 'many-addresses', weight: 15, evidence };
}
