import { baseName } from '../core/paths.ts';
import type { Judgement, Message } from '../state/mail/contract.ts';
import type { World } from '../state/world.ts';
import type { DeliveryLink } from './delivery-link.ts';
import type { Story } from './story.ts';

const HOPS_MAX = 6;
const JUDGED_MAX = 4;

/**
 * What the logs tell of a message besides its delivery: where it was before, over filters and hosts, and what filters said
 * of it. `delivered` is the step of the delivery.
 */
export function tellMessage(story: Story, { message, delivery }: DeliveryLink, world: World, delivered: string): void {
  let later = arrivalOf(story, message) || delivered;
  let leg = message;
  for (let i = 0; i < HOPS_MAX; i++) {
    const hop = world.mail.before(leg);
    if (hop === null) break;
    const id = stepOf(story, hop.message);
    if (id === '') break;
    story.link(id, later, 'message', hop.strength, hop.why);
    later = id;
    leg = hop.message;
  }
  for (const each of worthTelling(world.mail.judgementsOf(message))) {
    const id = judgementId(message, each);
    story.step(id, each.time, 'mail.judged', `${baseName(each.program)} ${wordsOf(each)}`, each.ref);
    const observed = each.by === 'queue-id';
    const why = observed ? 'the filter names the queue id of the message' : 'the filter names its Message-ID';
    // What is said before the message is delivered points at the delivery, in the order of time.
    if (each.time <= delivery.time) story.link(id, delivered, 'message', observed ? 'observed' : 'inferred', why);
    else story.link(delivered, id, 'message', observed ? 'observed' : 'inferred', why);
  }
}

/** What filters say against a message adds little: they err, and the message was delivered all the same. */
export function weighJudgements(story: Story, message: Message, world: World): void {
  const against = world.mail.judgementsOf(message).filter(each => each.verdict === 'fail');
  const content = against.filter(each => !SENDER.has(each.about));
  const sender = against.filter(each => SENDER.has(each.about));
  const told = new Set(story.steps.map(step => step.id));
  const stepsOf = (all: readonly Judgement[]): string[] =>
    all.map(each => judgementId(message, each)).filter(id => told.has(id));
  const [ofContent, ofSender] = [stepsOf(content), stepsOf(sender)];
  if (ofContent.length > 0) story.factor('a filter spoke against the message', 1, evidenceOf(content), ofContent);
  if (ofSender.length > 0) story.factor('the sender failed a check', 1, evidenceOf(sender), ofSender);
}

const judgementId = ({ host }: Message, { time, program, about, name }: Judgement): string =>
  `mail.judged#${host}.${time}.${program}.${about}.${name}`;

const SENDER: ReadonlySet<Judgement['about']> = new Set(['spf', 'dkim', 'dmarc']);

const evidenceOf = (all: readonly Judgement[]): string =>
  [...new Set(all.slice(0, JUDGED_MAX).map(each => `${baseName(each.program)} ${wordsOf(each)}`))].join('; ');

/** All that speaks against it; where nothing does, the one that let it pass. */
function worthTelling(all: readonly Judgement[]): readonly Judgement[] {
  const against = all.filter(each => each.verdict === 'fail');
  if (against.length > 0) return against.slice(0, JUDGED_MAX);
  return all.filter(each => each.verdict === 'pass' && !SENDER.has(each.about)).slice(0, 1);
}

const ABOUT: Readonly<Record<Judgement['about'], string>> = {
  spam: 'spam',
  malware: 'malware',
  banned: 'forbidden content',
  dkim: 'the DKIM signature',
  spf: "the sender's address (SPF)",
  dmarc: "the sender's domain (DMARC)",
  message: 'the message',
};

function wordsOf({ about, verdict, said, name, part, score, action }: Judgement): string {
  const what = SENDER.has(about) || about === 'message' ? ABOUT[about] : `the message for ${ABOUT[about]}`;
  const facts = [
    name,
    part === '' ? '' : `in ${part}`,
    score === null ? '' : `score ${score}`,
    action === 'none' || action === 'unknown' ? '' : action,
  ].filter(each => each !== '');
  const judged = verdict === 'pass' ? 'passes' : verdict === 'fail' ? 'fails' : 'cannot judge';
  return `checks ${what}: ${said} (${[judged, ...facts].join(', ')})`;
}

/** The arrival that `Story.delivery` has told, '' when it told none. */
const arrivalOf = (story: Story, message: Message): string => {
  const id = `mail.received#${message.host}.${message.queueId}`;
  return story.steps.some(step => step.id === id) ? id : '';
};

/** A leg before: it arrived there, or at least was there. '' when no line shows it. */
function stepOf(story: Story, message: Message): string {
  const { ref } = message;
  if (ref === null) return '';
  const id = `mail.received#${message.host}.${message.queueId}`;
  const client =
    message.clientAddress === '' ? '' : ` from ${message.clientName || 'unknown'}[${message.clientAddress}]`;
  return story.step(
    id,
    message.firstTime,
    'mail.received',
    `message ${message.queueId} arrives at ${message.host}${client}`,
    ref,
  );
}
