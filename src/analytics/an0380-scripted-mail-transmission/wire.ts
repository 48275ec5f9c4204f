import type { EpochMs } from '../../core/time.ts';
import type { Attributed, Flow, FlowMail } from '../../state/network/contract.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { flowStep } from '../wire.ts';
import type { Send } from './send.ts';

const SESSIONS_MAX = 32;
const TOLD_MAX = 6;

/** One SMTP session of a send as sensors on the wire saw it. */
export interface Session {
  /** Index into `send.smtp`: the connection that the host's own records show. */
  readonly connection: number;
  readonly found: Attributed;
  /** Empty where the session was encrypted, or no sensor looks into mail. */
  readonly mail: readonly FlowMail[];
}

/**
 * The sessions behind each send's connections. The wire tells of a connection with all later ones of the same process to the
 * same place: those that are a send of their own are that one's.
 */
export function sessionsOfAll(sends: readonly Send[], world: World): Session[][] {
  const taken = new Set<Flow>();
  return sends
    .toReversed()
    .map(send => sessionsOf(send, world, taken))
    .reverse();
}

function sessionsOf(send: Send, world: World, taken: Set<Flow>): Session[] {
  const sessions: Session[] = [];
  send.smtp.forEach((each, connection) => {
    for (const found of world.network.flowsOf(each.contact)) {
      if (sessions.length >= SESSIONS_MAX || taken.has(found.flow)) continue;
      taken.add(found.flow);
      sessions.push({ connection, found, mail: world.network.mailIn(found.flow) });
    }
  });
  return sessions;
}

/**
 * What the wire says became of a send. `null` when it does not tell: nothing was seen, or what was seen is encrypted.
 * Where a sensor does not log answers, a message that was seen to go out counts as transmitted.
 */
export function wireState(sessions: readonly Session[]): 'confirmed' | 'deferred' | 'failed' | null {
  if (sessions.length === 0) return null;
  if (sessions.every(({ found }) => !found.flow.established)) return 'failed';
  const states = sessions.flatMap(({ mail }) => mail.map(stateOfMail));
  for (const state of ['confirmed', 'deferred', 'failed'] as const) if (states.includes(state)) return state;
  return null;
}

function stateOfMail(mail: FlowMail): 'confirmed' | 'deferred' | 'failed' | null {
  if (mail.lastReply.startsWith('5')) return 'failed';
  if (mail.lastReply.startsWith('4')) return 'deferred';
  return mail.dataSeen ? 'confirmed' : null;
}

/** Bytes that the largest session, and all of them, carried from the sender; -1 when none was counted. */
export function bytesOf(sessions: readonly Session[]): { readonly largest: number; readonly total: number } {
  const counts = sessions.map(({ found }) => found.flow.bytesOut).filter(bytes => bytes >= 0);
  if (counts.length === 0) return { largest: -1, total: -1 };
  return { largest: Math.max(...counts), total: counts.reduce((sum, bytes) => sum + bytes, 0) };
}

export const wireRecipients = (sessions: readonly Session[]): string[] => [
  ...new Set(sessions.flatMap(({ mail }) => mail.flatMap(each => each.recipients.map(name => name.toLowerCase())))),
];

export const wireAttachments = (sessions: readonly Session[]): string[] => [
  ...new Set(sessions.flatMap(({ mail }) => mail.flatMap(each => each.attachments.map(part => part.name)))),
];

export const wireMessages = (sessions: readonly Session[]): number =>
  sessions.reduce((sum, { mail }) => sum + mail.filter(each => each.dataSeen).length, 0);

/** The sessions behind one connection, and the mail in them. `from` is the connection's step. */
export function tellSessions(story: Story, from: string, sessions: readonly Session[]): void {
  for (const { found, mail } of sessions.slice(0, TOLD_MAX)) {
    const id = flowStep(story, found);
    story.link(from, id, 'flow', found.strength, found.why);
    for (const [index, each] of mail.slice(0, TOLD_MAX).entries()) {
      const step = `smtp.seen#${found.flow.sensor}.${found.flow.flowId}.${index}`;
      story.step(step, within(each.time, found.flow.endTime), 'smtp.seen', mailText(each), each.ref);
      story.link(id, step, 'same-connection', 'observed', 'the sensor tells it of this connection');
    }
  }
  if (sessions.length > TOLD_MAX) story.miss(`${sessions.length - TOLD_MAX} more sessions on the wire are not listed.`);
}

/** A sensor logs a message when it is done with it, which may be a moment after the connection's last packet. */
const within = (time: EpochMs, end: EpochMs): EpochMs => Math.min(time, end) as EpochMs;

function mailText(mail: FlowMail): string {
  const to = mail.recipients.map(name => `<${name}>`).join(', ') || 'nobody that was seen';
  const parts = mail.attachments.map(part =>
    part.sizeBytes < 0
      ? part.name
      : `${part.name} (${part.sizeBytes} bytes${part.sha256 === '' ? '' : `, sha256 ${part.sha256.slice(0, 16)}…`})`,
  );
  const attached = parts.length === 0 ? '' : `, with ${parts.slice(0, 4).join(', ')}`;
  const answer = mail.lastReply === '' ? '' : `; answered ${mail.lastReply.slice(0, 80)}`;
  return `a message from <${mail.sender}> to ${to}${attached}${mail.dataSeen ? '' : ', of which no content was seen'}${answer}`;
}
