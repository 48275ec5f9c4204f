import { counted } from '../../core/counted.ts';
import type { Entity } from '../../events/finding.ts';
import type { Attributed, FlowMail } from '../../state/network/contract.ts';
import { stepId } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import type { Story } from '../story.ts';
import { destinationText, flowId, flowStep } from '../wire.ts';
import { firstReadId, type HarvestCase, type Transfer } from './case.ts';

const TOLD_MAX = 8;
const MESSAGES_MAX = 500;
/** A request without a body, with its packets' headers where whole packets are counted: too little to hold mail. */
const EMPTY_BYTES = { payload: 250, packets: 600 } as const;

/** What the wire saw leave with the transfers of a case. */
export interface Upload {
  readonly sent: readonly {
    readonly transfer: Transfer;
    readonly found: Attributed;
    readonly mail: readonly FlowMail[];
  }[];
  /** Flows out of the host after the read, where its own connections are not recorded: by host and time only. */
  readonly leaving: readonly Attributed[];
  /** From the sending side, over all; -1 when nothing was counted. */
  readonly bytesOut: number;
  /** Messages that are known to have lain in the stores that were read, and their bytes as the MTA logged them. */
  readonly messages: number;
  readonly storeBytes: number;
  /** Every transfer was found on the wire, and too little left to hold mail. */
  readonly empty: boolean;
}

export function uploadOf(found: HarvestCase, world: World): Upload {
  const sent: Upload['sent'][number][] = [];
  for (const transfer of found.transfers)
    for (const each of world.network.flowsOf(transfer.contact)) {
      if (sent.some(known => known.found.flow === each.flow)) continue;
      sent.push({ transfer, found: each, mail: world.network.mailIn(each.flow) });
    }
  const recorded = world.seen(found.host, 'network.connected');
  const leaving = recorded || found.watch === null ? [] : found.watch.flows;
  const counted = sent.filter(each => each.found.flow.bytesOut >= 0);
  const held = storeOf(found, world);
  // A process is told of twice, by its arguments and by its connection.
  const surely =
    found.transfers.length > 0 && found.transfers.every(({ pid }) => sent.some(each => each.transfer.pid === pid));
  return {
    sent,
    leaving,
    bytesOut: counted.length === 0 ? -1 : counted.reduce((sum, each) => sum + each.found.flow.bytesOut, 0),
    messages: held.messages,
    storeBytes: held.bytes,
    empty:
      surely &&
      counted.length === sent.length &&
      sent.every(({ found: { flow, alike } }) => alike === 0 && flow.bytesOut < EMPTY_BYTES[flow.counted]),
  };
}

/** Mail that the MTAs' logs or the stores themselves say was in the boxes when they were read. */
function storeOf(found: HarvestCase, world: World): { readonly messages: number; readonly bytes: number } {
  const owners = new Set([...found.reads.values()].map(read => read.owner).filter(owner => owner !== ''));
  let messages = 0;
  let bytes = 0;
  for (const owner of owners) {
    const mailbox = world.identity.mailboxOf(owner);
    for (const { message } of world.mail.deliveredTo(mailbox, Number.NEGATIVE_INFINITY, found.last, MESSAGES_MAX)) {
      messages += 1;
      bytes += Math.max(0, message.sizeBytes);
    }
  }
  return { messages, bytes };
}

/** Tells the flows behind the transfers; ids of the transfers' steps are theirs. */
export function tellUpload(story: Story, found: HarvestCase, upload: Upload): void {
  for (const { transfer, found: each, mail } of upload.sent.slice(0, TOLD_MAX)) {
    const id = flowStep(story, each);
    const from =
      transfer.taint === null ? `transfer.started#${transfer.pid}.${transfer.time}` : stepId(transfer.taint.step);
    story.link(from, id, 'flow', each.strength, each.why);
    for (const [index, one] of mail.slice(0, 2).entries()) {
      const step = `smtp.seen#${each.flow.sensor}.${each.flow.flowId}.${index}`;
      const to = one.recipients.map(name => `<${name}>`).join(', ');
      const names = one.attachments.map(part => part.name).join(', ');
      story.step(step, one.time, 'smtp.seen', `a message to ${to}${names === '' ? '' : ` with ${names}`}`, one.ref);
      story.link(id, step, 'same-connection', 'observed', 'the sensor tells it of this connection');
    }
  }
  const first = firstReadId(found);
  for (const each of upload.leaving) story.link(first, flowStep(story, each), 'host-and-time', each.strength, each.why);
}

/** Bytes that left beside what was read. They never raise: an archive is smaller than its mail, a whole box is larger. */
export function weighUpload(story: Story, upload: Upload): void {
  const known =
    upload.messages === 0
      ? ''
      : `; ${counted(upload.messages, 'message')} of ${upload.storeBytes} bytes ${upload.messages === 1 ? 'is' : 'are'} known of the store`;
  const to = [...new Set(upload.sent.map(({ found }) => destinationText(found.flow)))].slice(0, 3).join(', ');
  if (upload.bytesOut >= 0)
    story.factor(
      upload.empty ? 'too little left to hold mail' : 'bytes left with it',
      upload.empty ? -1 : 1,
      `${upload.bytesOut} bytes out to ${to}${known}`,
      upload.sent.slice(0, TOLD_MAX).map(({ found }) => flowId(found)),
    );
  if (upload.leaving.length > 0)
    story.factor(
      'outbound network from this host afterwards',
      1,
      upload.leaving
        .map(({ flow }) => `${destinationText(flow)}${flow.bytesOut < 0 ? '' : `, ${flow.bytesOut} bytes`}`)
        .join('; '),
      upload.leaving.map(flowId),
    );
}

/** The bytes as a measure of the work; none where nothing was counted. */
export const bytesMeasured = ({ bytesOut }: Upload): Readonly<Record<string, number>> =>
  bytesOut < 0 ? {} : { bytesOut };

/** What the clients called the destinations, and who got the mail. */
export function namesOf(upload: Upload): Entity[] {
  const flows = [...upload.sent.map(({ found }) => found.flow), ...upload.leaving.map(({ flow }) => flow)];
  const names = new Set(flows.map(flow => flow.name).filter(name => name !== ''));
  const recipients = new Set(upload.sent.flatMap(({ mail }) => mail.flatMap(one => one.recipients)));
  return [
    ...[...names].slice(0, 8).map(value => ({ kind: 'service' as const, value })),
    ...[...recipients].slice(0, 8).map(value => ({ kind: 'recipient' as const, value })),
  ];
}

/** What of the bytes is not known, and why. */
export function missUpload(story: Story, host: string, upload: Upload, world: World): void {
  if (upload.bytesOut >= 0) return;
  if (upload.sent.length > 0) story.miss('The sensor did not count the bytes of this connection.');
  else if (world.network.seen('flow.ended'))
    story.miss(`No flow on the wire fits these connections: how much left ${host} is not known.`);
  else story.miss('Bytes sent are not in audit logs; flow logs would tell how much left.');
}
