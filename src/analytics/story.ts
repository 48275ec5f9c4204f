import type { EpochMs } from '../core/time.ts';
import type { Change, Factor, FindingLink, FindingStep, TunableMet } from '../events/finding.ts';
import type { StoreTimeBasis } from '../events/mail-events.ts';
import type { Ref } from '../events/ref.ts';
import { SEVERITIES, type Severity, type Strength, severityRank } from '../events/vocabulary.ts';
import { hostPath } from '../state/identity/store-owner.ts';
import type { Message } from '../state/mail/contract.ts';
import { isWireId } from '../state/mail/wire-id.ts';
import { stepId, stepSummary, type Taint, taintSteps } from '../state/taint.ts';
import type { DeliveryLink } from './delivery-link.ts';
import { type FactorName, factorOf } from './factors.ts';

/** Steps that one factor cites at most: the first ones show it as well as all. */
const CITED_MAX = 4;

/** Builds the steps and links of one finding. Steps are kept once each, by id. */
export class Story {
  readonly steps: FindingStep[] = [];
  readonly links: FindingLink[] = [];
  readonly factors: Factor[] = [];
  readonly missing: string[] = [];
  readonly changes: Change[] = [];
  readonly #ids = new Set<string>();

  step(id: string, time: EpochMs, kind: string, summary: string, ref: Ref | null): string {
    if (!this.#ids.has(id)) {
      this.#ids.add(id);
      this.steps.push({ id, time, kind, summary, ref });
    }
    return id;
  }

  link(from: string, to: string, kind: string, strength: Strength, why: string): void {
    if (from === to || this.links.some(link => link.from === from && link.to === to && link.kind === kind)) return;
    this.links.push({ from, to, kind, strength, why });
  }

  /** `steps` are ids of steps of this story, told before or after. */
  factor(
    name: FactorName,
    weight: number,
    evidence: string,
    steps: readonly string[],
    tunable: TunableMet | null = null,
  ): void {
    this.factors.push(factorOf(name, weight, evidence, [...new Set(steps)].slice(0, CITED_MAX), tunable));
  }

  change(...changes: readonly Change[]): void {
    this.changes.push(...changes);
  }

  miss(text: string): void {
    if (!this.missing.includes(text)) this.missing.push(text);
  }

  get score(): number {
    return this.factors.reduce((sum, factor) => sum + factor.weight, 0);
  }

  /** The steps of a taint's history, each linked to the one before. Returns the ids of the first and the last. */
  taint(taint: Taint): { first: string; last: string } {
    const steps = taintSteps(taint);
    let before = '';
    let first = '';
    for (const step of steps) {
      const id = this.step(stepId(step), step.time, step.kind, stepSummary(step), step.ref);
      if (before !== '') this.link(before, id, 'content', step.strength, step.why);
      else first = id;
      before = id;
    }
    const { orderedBy, beside } = taint.origin;
    let earliest = first;
    if (orderedBy !== undefined) {
      earliest = this.step(stepId(orderedBy), orderedBy.time, orderedBy.kind, stepSummary(orderedBy), orderedBy.ref);
      this.link(earliest, first, 'content', orderedBy.strength, 'it is started by what runs there');
    }
    if (beside !== undefined) {
      const id = this.step(stepId(beside), beside.time, beside.kind, stepSummary(beside), beside.ref);
      this.link(id, earliest, 'host-and-time', beside.strength, beside.why);
    }
    return { first, last: before };
  }

  /** Arrival and delivery of a message. Returns the id of the delivery step. */
  delivery(link: DeliveryLink): string {
    const { message, delivery } = link;
    if (!isQueueId(message)) return this.#knownElsewhere(link);
    const id = `mail.delivered#${message.host}.${message.queueId}.${delivery.recipient}`;
    const received = arrivalStep(message);
    if (received !== null) {
      this.step(received.id, received.time, received.kind, received.summary, received.ref);
      this.link(received.id, id, 'queue-id', 'observed', `same queue id ${message.queueId}`);
    }
    const from = message.senderKnown ? `from <${message.sender}> ` : '';
    const size = message.sizeBytes >= 0 ? `, ${message.sizeBytes} bytes` : '';
    this.step(
      id,
      delivery.time,
      'mail.delivered',
      `message ${message.queueId} ${from}delivered to <${delivery.recipient}> by ${delivery.agent}${size}`,
      delivery.ref,
    );
    this.#attachment(link, id);
    return id;
  }

  /** A message that no MTA's log tells of: it lies in a store, or a sensor on the wire saw it. */
  #knownElsewhere(link: DeliveryLink): string {
    const { message, delivery } = link;
    const { stored } = message;
    const kind = stored === null ? 'smtp.seen' : 'mail.stored';
    const id = `${kind}#${message.host}.${message.queueId}.${delivery.recipient}`;
    const from = message.senderKnown ? ` from <${message.sender}>` : '';
    const size = message.sizeBytes >= 0 ? `, ${message.sizeBytes} bytes` : '';
    const named = `message ${message.messageId === '' ? 'without a message id' : bracketed(message.messageId)}${from} for <${delivery.recipient}>`;
    const where =
      stored === null
        ? `${named} was seen on the wire${size}; no MTA log tells of it`
        : `${named} lies in the mail store ${hostPath(stored.box) || stored.box}${stored.folder === '' ? '' : `, folder ${stored.folder}`}${size}; ${TIME_OF[stored.timeFrom]}`;
    this.step(id, delivery.time, kind, where, delivery.ref);
    this.#attachment(link, id);
    return id;
  }

  #attachment({ message, attachment }: DeliveryLink, delivery: string): void {
    if (attachment === undefined) return;
    const { name, declaredType, realType, sizeBytes, sha256, ref } = attachment.of;
    const type = realType || declaredType;
    const facts = [type, sizeBytes < 0 ? '' : `${sizeBytes} bytes`, sha256 === '' ? '' : `sha256 ${sha256}`];
    const id = `attachment.seen#${message.host}.${message.queueId}.${name}`;
    const said = facts.filter(each => each !== '').join(', ');
    this.step(id, message.firstTime, 'attachment.seen', `it carries ${name}${said === '' ? '' : ` (${said})`}`, ref);
    this.link(delivery, id, 'message', 'observed', 'same message');
  }
}

/** Whether a message has the id of an MTA's queue: not one that only a store or the wire tells of. */
export const isQueueId = (message: Message): boolean => message.stored === null && !isWireId(message.queueId);

const bracketed = (id: string): string => (id.startsWith('<') ? id : `<${id}>`);

/** How one names a message to a person. */
export function messageName(message: Message): string {
  if (isQueueId(message)) return `message ${message.queueId} (message-id ${message.messageId || 'unknown'})`;
  return message.messageId === '' ? 'the message (it has no message-id)' : `message-id ${bracketed(message.messageId)}`;
}

const TIME_OF: Readonly<Record<StoreTimeBasis, string>> = {
  'maildir-name': 'delivered then by the name of its file',
  envelope: 'delivered then by the line above it',
  received: 'received then by its topmost Received header',
  'dbox-metadata': 'saved then by the metadata beside it',
  'file-time': 'its file was written then',
  date: 'sent then by its own Date header',
};

function arrivalStep(message: Message): FindingStep | null {
  const ref = message.refShows === 'identified' ? null : message.ref;
  if (ref === null || message.clientAddress === '') return null;
  return {
    id: `mail.received#${message.host}.${message.queueId}`,
    time: message.firstTime,
    kind: 'mail.received',
    summary: `message ${message.queueId} arrives from ${message.clientName || 'unknown'}[${message.clientAddress}]`,
    ref,
  };
}

export function atMost(severity: Severity, cap: Severity): Severity {
  return SEVERITIES[Math.min(severityRank(severity), severityRank(cap))] as Severity;
}

export function atLeast(severity: Severity, floor: Severity): Severity {
  return SEVERITIES[Math.max(severityRank(severity), severityRank(floor))] as Severity;
}

export function raise(severity: Severity, by = 1): Severity {
  return SEVERITIES[Math.min(severityRank(severity) + by, SEVERITIES.indexOf('high'))] as Severity;
}
