import { counted } from '../../core/counted.ts';
import { domainOf } from '../../core/mail-address.ts';
import { HOUR_MS, isoUtc } from '../../core/time.ts';
import type { Change, Entity, Finding, FindingLink, FindingStep } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import { byEvidence, byInventory, byTunable, factorOf } from '../factors.ts';
import { atMost } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import type { Filling, Room } from './filled.ts';
import type { Held } from './judge.ts';
import { STRANGERS_USUAL } from './repetition.ts';
import type { Sample } from './sample.ts';
import { messageStep } from './tell.ts';
import { VOLUME_POINTS } from './volume.ts';
import type { Weighed } from './weighed.ts';

/** Points of the least flood by number. */
const VOLUME_LEAST = VOLUME_POINTS.at(-1)?.weight ?? 0;
/** So many are no chance, also where nobody's letter was turned away. */
const MANY = 20;
const NAMED_MAX = 8;

const FILLED_POINTS = { filled: 20, oneSize: 30, strangers: 35, full: 10 } as const;

/** Of mailboxes that were filled, those that no flood in the same time tells of already. */
export function filledBeside(
  told: readonly Finding[],
  rooms: readonly { readonly mailbox: string; readonly room: Room }[],
): Finding[] {
  const floods = told.filter(({ severity }) => severity !== 'informational');
  const isTold = (mailbox: string, { start, last }: Filling): boolean =>
    floods.some(
      ({ key, steps }) =>
        key.startsWith(`${mailbox}|`) && steps.some(({ time }) => time >= start - HOUR_MS && time <= last + HOUR_MS),
    );
  return rooms.flatMap(({ mailbox, room }) =>
    room.fillings.filter(each => !isTold(mailbox, each)).map(each => tellFilled(mailbox, each)),
  );
}

/** A mailbox that few, large letters take the room of: medium at most, since each of them alone is a letter. */
function tellFilled(mailbox: string, filling: Filling): Finding {
  const { start, last, messages, count, bytes } = filling;
  const weighed = weighedOf(filling);
  const held = heldOf(filling);
  const score = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const scored: Severity = score >= 55 ? 'medium' : 'low';
  const steps = stepsOf(filling);
  const senders = [...new Set(messages.map(({ sender }) => sender))];
  const clients = [...new Set(messages.map(({ client }) => client))].filter(each => each !== '');
  const common = weighed.slice(1).map(({ evidence }) => evidence);
  const first = messages[0] as Sample;
  const entities: Entity[] = [{ kind: 'mailbox', value: mailbox }];
  for (const value of new Set([first.address])) entities.push({ kind: 'recipient', value });
  for (const value of senders.slice(0, NAMED_MAX)) entities.push({ kind: 'sender', value });
  for (const value of clients.slice(0, NAMED_MAX)) entities.push({ kind: 'address', value });
  const told = {
    steps,
    links: linksOf(filling, steps),
    factors: weighed.map(({ name, weight, evidence }) =>
      factorOf(name, weight, evidence, name === 'mailbox-full' ? [fullId(steps)] : ['first-1', 'last'], null),
    ),
    missing: [
      'By bytes, not by their number: subjects and bodies are not read, and whether it is one content is told by the size alone.',
    ],
    changes: changesOf(mailbox, filling, held, score),
  };
  return toFinding(told, {
    analytic: 'AN1009',
    host: first.host,
    key: `${mailbox}|filled ${isoUtc(start)}`,
    severity: held.reduce<Severity>((worst, { cap }) => atMost(worst, cap), scored),
    title: `Mailbox ${mailbox} filled by large letters of strangers`,
    story: `Between ${isoUtc(start)} and ${isoUtc(last)}, ${counted(count, 'message')} with ${bytes} bytes together went to the mailbox ${mailbox}; ${filling.usualBytes} bytes came on the busiest day before. ${common.join('; ')}.`,
    entities,
    next: [
      filling.full > 0
        ? 'Make room: put the large letters aside (do not delete them), so that the mailbox takes letters again, and look whose were turned away.'
        : 'Look how much room the mailbox has left, and put the large letters aside (do not delete them).',
      'Limit the size of what strangers may send to this recipient for some hours (message size limit, greylisting, a quarantine folder).',
      'Call the owner of the mailbox: ask about unexpected calls, account changes and payments.',
      'Preserve the mail log and one of the letters.',
    ],
  });
}

function changesOf(mailbox: string, { count, full }: Filling, held: readonly Held[], score: number): Change[] {
  return [
    byEvidence(VOLUME_LEAST, 'they had been so many that their number alone were a flood', `${count} came`),
    ...(full > 0
      ? []
      : [byEvidence(FILLED_POINTS.full, 'the mailbox had turned letters away', 'no line says that it was full')]),
    ...held.map(({ why, setting }) => byTunable(0, `this did not hold the severity down: ${why}`, 'it does', setting)),
    byTunable(-score, `NoisyRecipients named ${mailbox}`, 'it does not', 'NoisyRecipients'),
    byInventory('noisy-mailbox', `mailbox: ${mailbox}`),
  ];
}

function weighedOf({ messages, count, bytes, usualBytes, isOneSize, full, turnedAway }: Filling): Weighed[] {
  const domains = new Set(messages.map(({ sender }) => domainOf(sender))).size;
  const senders = new Set(messages.map(({ writer }) => writer)).size;
  const found: Weighed[] = [
    {
      name: 'mailbox-filled',
      weight: FILLED_POINTS.filled,
      evidence: `${bytes} bytes in ${counted(count, 'message')}, ${usualBytes} on the busiest day before`,
    },
    {
      name: 'strangers-once-each',
      weight: FILLED_POINTS.strangers,
      evidence: `${senders} different senders at ${counted(domains, 'domain')}, none of whom wrote to anybody here before`,
    },
  ];
  if (isOneSize)
    found.push({
      name: 'same-large-content',
      weight: FILLED_POINTS.oneSize,
      evidence: `${count} messages have nearly the same size, about ${(messages[0] as Sample).sizeBytes} bytes`,
    });
  if (full > 0) {
    const others = turnedAway.length > 0 ? `, small letters of others among them` : '';
    found.push({
      name: 'mailbox-full',
      weight: FILLED_POINTS.full,
      evidence: `${full} of the messages since found the mailbox full${others}`,
    });
  }
  return found;
}

function heldOf({ isOneSize, full, count, strangersUsual }: Filling): (Held & { readonly cap: Severity })[] {
  const held: (Held & { readonly cap: Severity })[] = [
    { cap: 'medium', why: 'each of them alone is a letter: their bytes make it a flood', setting: '' },
  ];
  if (!isOneSize) held.push({ cap: 'low', why: 'they have nothing in common but that they are large', setting: '' });
  else if (full === 0 && count < MANY)
    held.push({ cap: 'low', why: `fewer than ${MANY}, and the mailbox still takes letters`, setting: '' });
  if (strangersUsual >= STRANGERS_USUAL)
    held.push({ cap: 'low', why: 'strangers write to this mailbox on other days too', setting: '' });
  return held;
}

const OPENING = 3;

function stepsOf({ messages, turnedAway }: Filling): FindingStep[] {
  const steps: FindingStep[] = messages
    .slice(0, OPENING)
    .map((sample, i) => messageStep(`first-${i + 1}`, sample, i === 0 ? 'The first large letter' : 'A large letter'));
  const full = messages.find(({ outcome }, i) => outcome === 'full' && i >= OPENING && i < messages.length - 1);
  if (full !== undefined) steps.push(messageStep('full', full, 'From here on there is no room'));
  steps.push(
    messageStep('last', messages.at(-1) as Sample, `The last of them that is kept, number ${messages.length}`),
  );
  turnedAway.forEach((sample, i) => {
    steps.push(messageStep(`turned-away-${i + 1}`, sample, 'A letter of somebody else'));
  });
  return steps.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

const fullId = (steps: readonly FindingStep[]): string =>
  ['full', 'turned-away-1'].find(id => steps.some(step => step.id === id)) ?? 'last';

function linksOf({ count }: Filling, steps: readonly FindingStep[]): FindingLink[] {
  const why = `the delivery lines of ${count} queue ids name this mailbox`;
  const links: FindingLink[] = [{ from: 'first-1', to: 'last', kind: 'same mailbox', strength: 'observed', why }];
  for (const { id } of steps)
    if (id === 'full' || id.startsWith('turned-away'))
      links.push({
        from: 'first-1',
        to: id,
        kind: 'no room left',
        strength: 'inferred',
        why: 'the mailbox was full once these letters lay there',
      });
  return links;
}
