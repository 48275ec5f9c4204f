import type { Attributed, Contact, Flow } from '../state/network/contract.ts';
import type { World } from '../state/world.ts';
import type { Story } from './story.ts';

/** `12 345 bytes` of a flow, and what they count; '' when nothing was counted. */
export function bytesText(flow: Flow): string {
  if (flow.bytesOut < 0 && flow.bytesIn < 0) return '';
  const count = (bytes: number): string => (bytes < 0 ? 'an unknown number of' : String(bytes));
  const what = flow.counted === 'packets' ? ' (whole packets)' : '';
  return `${count(flow.bytesOut)} bytes out, ${count(flow.bytesIn)} in${what}`;
}

const NAMED: Readonly<Record<string, string>> = {
  tls: 'asked for in TLS',
  http: 'asked for in HTTP',
  dns: 'looked up by this host',
  'dns-of-others': 'looked up by another host',
};

/** Address and port, and the name the client used for it where the wire told one. */
export function destinationText(flow: Flow): string {
  const { destinationAddress: address, destinationPort: port } = flow;
  const plain = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return flow.nameFrom === '' ? plain : `${plain} (${flow.name}, ${NAMED[flow.nameFrom]})`;
}

/**
 * Tells what the wire saw of a connection that the story has as step `from`: name, bytes, how long. Returns the flow, null
 * when no sensor saw one that fits.
 */
export function tellFlow(story: Story, from: string, contact: Contact | null, world: World): Attributed | null {
  const found = world.network.flowOf(contact);
  if (found === null) return null;
  const id = flowStep(story, found);
  story.link(from, id, 'flow', found.strength, found.why);
  return found;
}

/** Id of the step that tells of a flow. */
export const flowId = ({ flow }: Attributed): string =>
  `flow.ended#${flow.flowId}.${flow.startTime}.${flow.destinationAddress}.${flow.destinationPort}`;

/** A flow as a step; returns its id. */
export function flowStep(story: Story, found: Attributed): string {
  const { flow } = found;
  const id = flowId(found);
  const seconds = ((flow.endTime - flow.startTime) / 1000).toFixed(1);
  const bytes = bytesText(flow);
  const service = flow.service === '' ? '' : `, ${flow.service}`;
  story.step(
    id,
    flow.endTime,
    'flow.ended',
    `on the wire: ${flow.sourceAddress} to ${destinationText(flow)}${service}, ${bytes === '' ? 'bytes not counted' : bytes}, in ${seconds} s${flow.established ? '' : ', not answered'}`,
    flow.ref,
  );
  return id;
}
