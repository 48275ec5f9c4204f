import { counted } from '../../core/counted.ts';
import { type EpochMs, epochMs, isoUtc } from '../../core/time.ts';
import type { Entity, Factor, Finding, FindingLink, FindingStep } from '../../events/finding.ts';
import { hostPath } from '../../state/identity/store-owner.ts';
import type { StoredMark } from '../../state/mail/comparison.ts';
import { isStoreId } from '../../state/mail/store-id.ts';
import { type FactorName, factorOf } from '../factors.ts';
import { toFinding } from '../to-finding.ts';
import { missingOf, nextOf } from './advice.ts';
import { changesOf } from './changes.ts';
import { coreOf } from './core.ts';
import type { Episode, GrowthMark } from './episode.ts';
import { HORIZONS } from './horizons.ts';
import { openingOf } from './opening.ts';
import type { Sample } from './sample.ts';
import { shapeOf } from './shape.ts';
import { topOf } from './tally.ts';
import type { Telling } from './telling.ts';

const STANDS_OUT_MAX = 8;
const NAMED_MAX = 8;

/** The finding in full: the burst's beginning, peak and end, what does not fit into it, how the mailbox grew, what is missing. */
export function tell(telling: Telling): Finding {
  const { episode, judgement } = telling;
  const steps = stepsOf(telling);
  const told = {
    steps,
    links: linksOf(telling, steps),
    factors: factorsOf(telling, steps),
    missing: missingOf(telling),
    changes: changesOf(telling),
  };
  return toFinding(told, {
    analytic: 'AN1009',
    host: topOf(episode.tally.hosts)?.key ?? '',
    key: `${episode.mailbox}|${isoUtc(episode.start)}`,
    severity: judgement.severity,
    title: judgement.kind === 'loop' ? `Mail loop at ${episode.mailbox}` : `Mailbox ${episode.mailbox} flooded`,
    story: storyOf(telling),
    entities: entitiesOf(telling),
    next: nextOf(telling, steps),
  });
}

/** Which steps show a factor; what the tally alone shows is shown by the first and the last message. */
function factorsOf({ judgement, critical, episode }: Telling, steps: readonly FindingStep[]): Factor[] {
  const there = new Set(steps.map(step => step.id));
  const shown = (name: FactorName): string[] =>
    (SHOWN_BY[name] ?? ['first-1', 'last'])
      .filter(id => there.has(id))
      .concat('peak')
      .slice(0, 2);
  const factors = judgement.factors.map(({ name, weight, evidence, tunable }) =>
    factorOf(name, weight, evidence, shown(name), tunable ?? null),
  );
  if (critical)
    factors.push(
      factorOf('critical-mailbox', 0, 'named by the configuration', ['peak'], {
        name: 'CriticalMailboxes',
        met: episode.mailbox,
        limit: episode.mailbox,
      }),
    );
  return factors;
}

const SHOWN_BY: Partial<Record<FactorName, readonly string[]>> = {
  volume: ['first-1', 'peak'],
  'attachment-repeated': ['attachment', 'held-first'],
  'mailbox-growth': ['growth-first', 'growth-last'],
  'mailbox-holds': ['held-first', 'held-last'],
};

function storyOf({ episode, judgement, around }: Telling): string {
  const { tally } = episode;
  const span = `${isoUtc(episode.start)} and ${isoUtc(episode.last)}`;
  const who =
    tally.senders.size === 1
      ? `one sender (${nameOf(tally.first[0]?.sender ?? '')})`
      : `${tally.senders.size}${tally.untold > 0 ? ' or more' : ''} senders${around.storesOnly ? '' : ` at ${counted(tally.clients.size, 'client address', 'client addresses')}`}`;
  if (judgement.kind === 'loop') {
    return `Between ${span}, ${tally.count} messages from ${who} and ${around.repliesToMain} answers went back and forth between ${episode.mailbox} and ${nameOf(topOf(tally.senders)?.key ?? '')}: two programs answer each other.`;
  }
  const usual = episode.usual.known
    ? `${Math.round(episode.usual.expected[0] ?? 0)} within a minute and ${Math.round(episode.usual.expected[2] ?? 0)} within an hour are usual there at most`
    : episode.newcomersUsual.known
      ? 'hardly anything was seen there before'
      : 'what is usual there was not seen';
  const others =
    around.otherMailboxes === 0
      ? 'no other mailbox got anything'
      : `${around.otherMailboxes} other mailboxes got ${around.estateCount - tally.count} together`;
  const common = judgement.factors
    .filter(factor => factor.weight > 0 && factor.name !== 'volume')
    .map(factor => factor.evidence);
  return `Between ${span}, ${tally.count} messages from ${who} went to the mailbox ${episode.mailbox}, ${episode.peaks[0] ?? 0} of them within one minute; ${usual}, and ${others} in the same time${common.length > 0 ? `; ${common.join('; ')}` : ''}.${withoutStragglers(episode)}${beforeIt(episode)}`;
}

/** The bounds of the flood itself, where ordinary letters before or after it are counted with the burst. */
function withoutStragglers({ arrivals, tally, start }: Episode): string {
  const core = coreOf(arrivals, tally.count);
  // A delivery tells how long the message was here: it came a little before.
  return core === null
    ? ''
    : ` The flood itself, ${core.count} of them, came between ${isoUtc(Math.max(core.first, start))} and ${isoUtc(core.last)}; what was before and after stands apart.`;
}

function beforeIt({ floodBefore, rise }: Episode): string {
  const rising =
    rise === null
      ? ''
      : ` Such mail had been growing for days: ${counted(rise.before, 'message')} by new senders came on the ${rise.days - 1} days before it, where no day had brought more than ${rise.usual}.`;
  if (floodBefore === null) return rising;
  return `${rising} It goes on from a flood of this mailbox between ${isoUtc(floodBefore.start)} and ${isoUtc(floodBefore.last)}, ${counted(floodBefore.count, 'message')}.`;
}

function stepsOf({ episode, around: { held } }: Telling): FindingStep[] {
  const { tally, growth } = episode;
  const steps: FindingStep[] = [];
  openingOf(episode).forEach((sample, index) => {
    steps.push(
      messageStep(
        `first-${index + 1}`,
        sample,
        index === 0 ? 'The first message of the burst' : 'An early message of the burst',
      ),
    );
  });
  const peak = episode.peakSample;
  const within = HORIZONS[0]?.name ?? '';
  steps.push(messageStep('peak', peak, `The peak, ${episode.peaks[0] ?? 0} messages within ${within}`));
  if (tally.attached !== null) steps.push(messageStep('attachment', tally.attached, attachmentWords(episode)));
  standingOut(episode).forEach((sample, index) => {
    const known = tally.known.includes(sample);
    const why = known
      ? 'Does not fit the flood, the sender was known before it'
      : 'Does not fit the flood, no other message looks like it';
    steps.push(messageStep(`stands-out-${index + 1}`, sample, why));
  });
  if (growth.first !== null) steps.push(growthStep('growth-first', growth.first, 'first'));
  if (growth.last !== null && growth.last !== growth.first) steps.push(growthStep('growth-last', growth.last, 'last'));
  if (held !== null && held.first !== null && held.last !== null) {
    steps.push(heldStep('held-first', held.first, 'The first message of the burst that lies in the mailbox'));
    if (held.last !== held.first)
      steps.push(
        heldStep('held-last', held.last, `The last of ${held.stored} messages of the burst that lie in the mailbox`),
      );
  }
  if (tally.last !== null)
    steps.push(messageStep('last', tally.last, `The last message of the burst, number ${tally.count}`));
  return steps.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

function attachmentWords(episode: Episode): string {
  const top = topOf(episode.tally.attachments);
  return top === null ? 'A message with an attachment' : `One of ${top.count} messages with the attachment ${top.key}`;
}

/**
 * The messages that the flood may be there to hide: first those whose senders were known before, then those that have
 * nothing in common with the rest. When everything is unlike everything, the latter cannot be told, and none is named.
 */
export function standingOut(episode: Episode): Sample[] {
  const { tally } = episode;
  const usual = Math.max(2, tally.count / 100);
  const rare = tally.rare.filter(sample => (tally.shapes.get(shapeOf(sample.sender)) ?? 0) <= usual);
  const told = rare.length <= Math.max(STANDS_OUT_MAX, tally.count / 10) ? rare : [];
  const byShape = [...told].sort(
    (a, b) => rarity(episode, a) - rarity(episode, b) || a.time - b.time || (a.queueId < b.queueId ? -1 : 1),
  );
  const known = tally.known.length <= tally.count / 4 ? tally.known : [];
  return [...known, ...byShape].slice(0, STANDS_OUT_MAX);
}

const rarity = (episode: Episode, sample: Sample): number => episode.tally.shapes.get(shapeOf(sample.sender)) ?? 0;

const nameOf = (sender: string): string =>
  sender === '' ? 'the null sender' : sender === '?' ? 'an unknown sender' : sender;

export function messageStep(id: string, sample: Sample, what: string): FindingStep {
  const from = sample.senderKnown
    ? `from ${sample.sender === '' ? 'the null sender' : `<${sample.sender}>`}`
    : 'from a sender that no line tells';
  const by = sample.client === '' ? '' : ` by ${sample.client}`;
  const size = sample.sizeBytes >= 0 ? `, ${sample.sizeBytes} bytes` : '';
  const isStored = isStoreId(sample.queueId);
  const kind = isStored ? 'mail.stored' : sample.outcome === 'full' ? 'mail.deferred' : 'mail.delivered';
  const fate =
    sample.outcome === 'full'
      ? 'found the mailbox full'
      : sample.outcome === 'relay'
        ? 'was passed on'
        : isStored
          ? 'lies in the mailbox'
          : 'was delivered';
  const summary = `${what}: ${sample.queueId === '' || isStored ? 'a message' : sample.queueId} ${from}${by} to <${sample.address}>${size} ${fate}`;
  return { id, time: epochMs(sample.time), kind, summary, ref: sample.ref };
}

function heldStep(id: string, mark: StoredMark, what: string): FindingStep {
  const summary = `${what}: ${hostPath(mark.box) || mark.box}`;
  return { id, time: epochMs(mark.time), kind: 'mail.stored', summary, ref: mark.ref };
}

function growthStep(id: string, mark: GrowthMark, which: string): FindingStep {
  const summary = `${mark.program} writes into the mailbox ${mark.box} (${which} of the burst)`;
  return { id, time: mark.time as EpochMs, kind: 'store.written', summary, ref: mark.ref };
}

function linksOf(
  { episode, world, around: { held, storesOnly } }: Telling,
  steps: readonly FindingStep[],
): FindingLink[] {
  const { tally, growth } = episode;
  const links: FindingLink[] = [];
  const told =
    tally.routes.outside +
    tally.routes.claimed +
    tally.routes.internal +
    tally.routes.relayed +
    tally.routes.authenticated +
    tally.routes.submitted;
  if (tally.count > 1) {
    const why = storesOnly
      ? `${told} messages lie in the stores of this mailbox`
      : `the delivery lines of ${told} queue ids name this mailbox`;
    links.push({ from: 'first-1', to: 'last', kind: 'same mailbox', strength: 'observed', why });
  }
  if (tally.addresses.size > 1) {
    const strength = world.identity.loaded.aliases || world.identity.loaded.passwd ? 'observed' : 'inferred';
    const why = `${tally.addresses.size} addresses fold into the mailbox by delivery lines, aliases and address extensions`;
    links.push({ from: 'first-1', to: 'peak', kind: 'same person', strength, why });
  }
  if (held !== null && held.first !== null && !storesOnly) {
    const why = `${held.both} messages of the log lie in the mailbox, by message id`;
    if (held.both > 0)
      links.push({ from: 'first-1', to: 'held-first', kind: 'mailbox holds', strength: 'observed', why });
  }
  if (growth.count > 0) {
    const why = `${growth.count} writes into the mailbox while the messages were delivered`;
    links.push({ from: 'first-1', to: 'growth-first', kind: 'mailbox grows', strength: 'observed', why });
  } else {
    const why = 'no record of files in this mailbox being written';
    links.push({ from: 'last', to: 'mailbox growth', kind: 'mailbox grows', strength: 'unavailable', why });
  }
  for (const step of steps) {
    if (!step.id.startsWith('stands-out')) continue;
    const why = 'delivered to the same mailbox in the middle of the burst';
    links.push({ from: step.id, to: 'peak', kind: 'buried by', strength: 'inferred', why });
  }
  return links;
}

function entitiesOf({ episode, world }: Telling): Entity[] {
  const { tally } = episode;
  const entities: Entity[] = [{ kind: 'mailbox', value: episode.mailbox }];
  const account = world.identity.accountOf(episode.mailbox);
  if (account !== '') entities.push({ kind: 'user', value: account });
  for (const host of [...tally.hosts.keys()].sort().slice(0, NAMED_MAX)) entities.push({ kind: 'host', value: host });
  for (const value of mostFrequent(tally.addresses)) entities.push({ kind: 'recipient', value });
  for (const value of mostFrequent(tally.senders))
    if (value !== '' && value !== '?') entities.push({ kind: 'sender', value });
  for (const value of mostFrequent(tally.clients)) entities.push({ kind: 'address', value });
  return entities;
}

function mostFrequent(map: ReadonlyMap<string, number>): string[] {
  const sorted = [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.slice(0, NAMED_MAX).map(([key]) => key);
}
