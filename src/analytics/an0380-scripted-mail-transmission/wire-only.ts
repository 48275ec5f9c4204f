import { counted } from '../../core/counted.ts';
import type { Finding } from '../../events/finding.ts';
import type { Attributed, Flow } from '../../state/network/contract.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byInventory } from '../factors.ts';
import { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { bytesText, destinationText, flowId, flowStep } from '../wire.ts';

const HOSTS_MAX = 256;
const TOLD_MAX = 8;

/**
 * SMTP that left a machine of ours and that nothing on the machine accounts for: no recorded process opened it, and the
 * MTA's log does not name the server. The network alone never confirms: informational, one finding a host.
 */
export function strayFindings(world: World): Finding[] {
  const byHost = new Map<string, Attributed[]>();
  for (const flow of world.network.smtpFlows()) {
    const found = strayOf(flow, world);
    if (found === null) continue;
    const list = byHost.get(found.host) ?? [];
    if (list.length === 0 && byHost.size >= HOSTS_MAX) continue;
    list.push(found.attributed);
    byHost.set(found.host, list);
  }
  return [...byHost].map(([host, flows]) => findingOf(host, flows, world));
}

function strayOf(flow: Flow, world: World): { host: string; attributed: Attributed } | null {
  if (flow.contact !== null || !flow.established) return null;
  const { network } = world;
  const owner = network.hostOf(flow.sourceAddress, flow.startTime);
  if (owner === null || owner.others.length > 0) return null;
  if (network.hostOf(flow.destinationAddress, flow.startTime) !== null) return null;
  if (network.mtaWentTo(owner.host, flow.destinationAddress, flow.startTime, flow.endTime)) return null;
  const why = `the address of this host (${owner.basis})`;
  return { host: owner.host, attributed: { flow, strength: 'inferred', why, alike: 0 } };
}

function findingOf(host: string, flows: readonly Attributed[], world: World): Finding {
  const story = new Story();
  for (const each of flows.slice(0, TOLD_MAX)) {
    const id = flowStep(story, each);
    story.link(id, 'process.started', 'process-tree', 'unavailable', 'no recorded process opened it');
    story.link(id, 'mail.delivered', 'queue-id', 'unavailable', "no line of this host's MTA names the server");
    const [mail] = world.network.mailIn(each.flow);
    if (mail === undefined) continue;
    const seen = `smtp.seen#${each.flow.sensor}.${each.flow.flowId}`;
    story.step(
      seen,
      mail.time,
      'smtp.seen',
      `<${mail.sender}> to ${mail.recipients.map(to => `<${to}>`).join(', ')}`,
      mail.ref,
    );
    story.link(id, seen, 'same-connection', 'observed', 'the sensor tells it of this connection');
  }
  const destinations = [...new Set(flows.map(each => destinationText(each.flow)))];
  const addresses = [...new Set(flows.map(({ flow }) => addressOf(flow)))];
  const recipients = new Set(
    flows.flatMap(each => world.network.mailIn(each.flow).flatMap(mail => mail.recipients.map(to => to.toLowerCase()))),
  );
  const ids = flows.slice(0, TOLD_MAX).map(flowId);
  const sessions = `${counted(flows.length, 'session')} to ${destinations.slice(0, 4).join(', ')}`;
  story.factor('SMTP left this host', 1, sessions, ids);
  const out = flows.reduce((sum, { flow }) => sum + Math.max(0, flow.bytesOut), 0);
  const first = flows[0] as Attributed;
  story.factor(
    'bytes on the wire',
    0,
    flows.length === 1 ? bytesText(first.flow) || 'not counted' : `${out} bytes out in all`,
    ids,
  );
  story.miss(
    world.seen(host, 'network.connected')
      ? 'This host records connections, but not these: the record was lost, or they were made in a way that is not recorded.'
      : 'This host records no connections: which program sent, and for whom, is not known.',
  );
  if (!world.seen(host, 'process.started')) story.miss('No process records of this host are in the evidence.');
  if (flows.some(each => world.network.mailIn(each.flow).length === 0))
    story.miss(
      'Of some sessions the wire shows bytes only (TLS, or no SMTP log): sender, recipients and files are not known.',
    );
  story.change(
    byEvidence(
      2,
      'records showed a program of this host speaking SMTP itself',
      world.seen(host, 'network.connected')
        ? 'connections are recorded on this host, but not these'
        : 'not seen, because this host records no connections',
    ),
    byEvidence(-1, "the log of this host's MTA named these servers", 'the logs that were read do not'),
    byInventory('sender', `host: ${host}, destination: ${addresses[0] ?? ''}`),
  );
  return toFinding(story, {
    analytic: 'AN0380',
    host,
    key: `wire|${host}`,
    severity: 'informational',
    title: `SMTP from ${host} that nothing on the host accounts for`,
    story: `From ${host}, ${counted(flows.length, 'SMTP session')} went straight to ${destinations.slice(0, 4).join(', ')}, ${out} bytes in all. No recorded process opened them and no MTA log names these servers.`,
    entities: [
      { kind: 'host', value: host },
      ...addresses.slice(0, 8).map(value => ({ kind: 'address' as const, value })),
      ...[...recipients].slice(0, 8).map(value => ({ kind: 'recipient' as const, value })),
    ],
    measures: { messages: flows.length, bytesMax: Math.max(0, ...flows.map(({ flow }) => flow.bytesOut)) },
    next: [
      `Find the program on ${host}: is an MTA or an application there allowed to send by itself?`,
      `Allow SMTP to leave only through the relay: block ${addresses.slice(0, 3).join(', ')} from this host.`,
    ],
  });
}

const addressOf = ({ destinationAddress, destinationPort }: Flow): string =>
  destinationAddress.includes(':')
    ? `[${destinationAddress}]:${destinationPort}`
    : `${destinationAddress}:${destinationPort}`;
