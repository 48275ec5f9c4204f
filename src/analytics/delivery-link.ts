import { counted } from '../core/counted.ts';
import { DAY_MS } from '../core/time.ts';
import type { Delivery, Message, MessageAttachment } from '../state/mail/contract.ts';
import { type Taint, taintSteps } from '../state/taint.ts';
import type { World } from '../state/world.ts';
import { type AttachmentMatch, followedFiles, type MatchBasis, matchAttachment } from './attachment-match.ts';
import { namedDelivery } from './named-delivery.ts';
import { isSurer, mayBring, newestOf } from './newest-message.ts';
import { sharedName } from './sender-named.ts';

/** The message that content most likely came out of, and how that is known. */
export interface DeliveryLink {
  readonly message: Message;
  readonly delivery: Delivery;
  readonly strength: 'observed' | 'inferred';
  readonly why: string;
  /** The attachment that the content was, where one fits. */
  readonly attachment?:
    | { readonly of: MessageAttachment; readonly basis: MatchBasis; readonly path: string }
    | undefined;
}

/** Saved in the morning, opened after the weekend: links live for days. */
const DELIVERY_WINDOW_MS = 14 * DAY_MS;
const AGENT_TOLERANCE_MS = 5000;
/** An agent's line in the log stands after what it delivered, and clocks differ. */
const GRACE_MS = 1000;
/** Messages whose attachments are compared, and of which the newest is taken when none fits. */
const COMPARED_MAX = 512;
const NEWEST_MAX = 64;

/**
 * Observed when audit saw the delivery agent write the very file that was read later, and the agent's pid and time are
 * those of a delivery in the mail log; or when an attachment of a message to this person is the file by its sha256. Else, in
 * this order: the attachment has the file's name and size; has its name; the newest message delivered to the same person
 * before the file appeared that had room for it, of several of one second the largest. `run` is the path of what was run, ''
 * when it is no file; `isProgram`: the machine's own code, as it came.
 */
export function deliveryFor(
  world: World,
  taints: readonly Taint[],
  person: string,
  run: string,
  isProgram = false,
): DeliveryLink | null {
  const named = namedDelivery(world, taints);
  if (named !== null) return { ...named, strength: 'observed', why: 'the words of the delivering process name its id' };
  const match = matchFor(world, taints, person, run);
  const byAgent = agentDelivery(world, taints, person);
  if (byAgent !== null && byAgent.strength === 'observed') {
    const isSame = match !== null && match.message === byAgent.message;
    return isSame ? { ...byAgent, attachment: attachmentOf(match) } : byAgent;
  }
  if (match !== null && (match.basis === 'content' || byAgent === null || match.message === byAgent.message))
    return linkOf(match);
  if (byAgent !== null) return byAgent;
  return newest(world, taints, person, isProgram);
}

function candidates(
  world: World,
  taints: readonly Taint[],
  person: string,
  max: number,
  time = latestOf(world, taints),
) {
  const first = taints[0];
  if (first === undefined || person === '') return [];
  const box = world.identity.onHost(first.origin.host).mailboxOf(person);
  return world.mail.deliveredTo(box, time - DELIVERY_WINDOW_MS, time + GRACE_MS, max);
}

function matchFor(world: World, taints: readonly Taint[], person: string, run: string): AttachmentMatch | null {
  return matchAttachment(world, candidates(world, taints, person, COMPARED_MAX), followedFiles(world, taints, run));
}

const attachmentOf = ({ attachment, basis, path }: AttachmentMatch) => ({ of: attachment, basis, path });

const BECAUSE: Readonly<Record<MatchBasis, string>> = {
  content: 'an attachment of this message has the sha256 of the file',
  'name-and-size': 'an attachment of this message has the name and the size of the file',
  name: 'an attachment of this message, delivered before the file appeared, has its name',
  'name-only':
    'an attachment of this message has the name of the file, whose copy in the evidence holds something else',
};

function linkOf(match: AttachmentMatch): DeliveryLink {
  const { message, delivery, basis, alike } = match;
  const others =
    alike === 0
      ? ''
      : `; ${counted(alike, 'other message')} ${alike === 1 ? 'carries' : 'carry'} one like it, this is the newest`;
  return {
    message,
    delivery,
    strength: basis === 'content' ? 'observed' : 'inferred',
    why: `${BECAUSE[basis]}${others}`,
    attachment: attachmentOf(match),
  };
}

function agentDelivery(world: World, taints: readonly Taint[], person: string): DeliveryLink | null {
  for (const { origin } of taints) {
    if (origin.agentPid < 0) continue;
    const found = world.mail.deliveryByAgent(
      origin.host,
      origin.agentPid,
      origin.agentTime,
      AGENT_TOLERANCE_MS,
      person === '' ? '' : world.identity.onHost(origin.host).mailboxOf(person),
    );
    if (found === undefined) continue;
    const { message, delivery, alike } = found;
    const shown =
      origin.basis === 'delivery-pipe'
        ? 'the delivery agent of this queue id started the process'
        : 'audit and mail log show the same delivery agent (pid, time) writing the file that was read';
    if (alike === 0) return { message, delivery, strength: 'observed', why: shown };
    return {
      message,
      delivery,
      strength: 'inferred',
      why: `${shown}; ${counted(alike, 'other message')} of the same second ${alike === 1 ? 'fits' : 'fit'} as well, this is the largest`,
    };
  }
  return null;
}

/** A file that was there, and whose writing would have been recorded, had come before the records begin. */
function appearedAt(world: World, taint: Taint): number {
  const { origin } = taint;
  const areas = world.hosts.get(origin.host)?.areas;
  const path = taintSteps(taint)[0]?.object ?? '';
  const isOlder = origin.basis === 'place' && areas?.has(path) === true && !areas.isMade(path);
  return isOlder ? Math.min(origin.time, areas.began) : origin.time;
}

const latestOf = (world: World, taints: readonly Taint[]): number =>
  Math.max(...taints.map(taint => appearedAt(world, taint)));

function newest(world: World, taints: readonly Taint[], person: string, isProgram: boolean): DeliveryLink | null {
  // What a person saved had come before; a program that is handed the message is quicker than the log.
  const isHanded = taints.some(({ origin }) => origin.basis === 'delivery-pipe');
  const paths = followedFiles(world, taints, '').map(file => file.path);
  const newestAt = (time: number) => {
    const all = candidates(world, taints, person, NEWEST_MAX, time);
    const any = newestOf(all, time, isHanded, isProgram);
    const so = all.filter(each => each.delivery.time <= time && sharedName(each.message, paths) !== '');
    const named = newestOf(so.filter(mayBring), time, isHanded, isProgram);
    if (any === null || named === null || named.message === any.message || isSurer(any, named)) return any;
    return { ...named, name: sharedName(named.message, paths) };
  };
  // When a client was seen to save what is told, its message had come; else any of the origins may be what came.
  const [first] = taints;
  const isSeen = first?.origin.basis === 'client-wrote';
  const best = (isSeen ? newestAt(appearedAt(world, first)) : null) ?? newestAt(latestOf(world, taints));
  if (best === null) return null;
  const { message, delivery, alike, name } = best;
  const unsure = alike === 0 ? '' : `; of the ${alike + 1} of that second, this is the largest`;
  const so = name === undefined ? '' : `, from whom the file's name has "${name}"`;
  const why = `the newest message delivered to ${delivery.mailbox} before the content appeared${so}${unsure}`;
  return { message, delivery, strength: 'inferred', why };
}

/** The person behind content: whoever received or downloaded it, else the owner of the home it lies in. */
export function personOf(world: World, taints: readonly Taint[], path: string, uid: number): string {
  for (const { origin } of taints) if (origin.person !== '') return origin.person;
  const host = taints[0]?.origin.host ?? '';
  const owner = world.hosts.get(host)?.homes.owner(path) ?? world.identity.onHost(host).homeOwner(path);
  return owner || world.userName(host, uid);
}
