import type { NetworkEventBase } from '../../events/network-events.ts';
import type { JsonMeta, JsonObject } from '../json-lines/record.ts';
import { numberAt, objectAt } from '../json-lines/values.ts';
import { addressOf } from '../zeek/fields.ts';

/** The record's common part, and what is kept of the log's earlier records. */
export interface EveContext {
  readonly base: NetworkEventBase;
  readonly memory: JsonMeta['memory'];
}

/** An event's addresses as the connection was opened, and whether the record named the server first. */
export interface Oriented {
  readonly base: NetworkEventBase;
  readonly fromServer: boolean;
}

/** IPv6 comes written out in full; it is shortened to the form that other records have (RFC 5952). */
export function addressAt(record: JsonObject, key: string): string {
  const address = addressOf(record[key]);
  return address.includes(':') ? shortened(address) : address;
}

/** 0 to 65 535, else -1. */
export function portAt(record: JsonObject, key: string): number {
  const port = numberAt(record, -1, key);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : -1;
}

function shortened(address: string): string {
  if (address.includes('::') || address.includes('.')) return address;
  const groups = address.split(':').map(group => group.replace(/^0{1,3}/, ''));
  let [best, length] = [-1, 1];
  for (let i = 0; i < groups.length; i++) {
    let end = i;
    while (groups[end] === '0') end += 1;
    if (end - i > length) [best, length] = [i, end - i];
  }
  if (best < 0) return groups.join(':');
  return `${groups.slice(0, best).join(':')}::${groups.slice(best + length).join(':')}`;
}

/**
 * Who opened the connection. Alerts, files and DNS answers name the sender of the packet first (LOG_DIR_PACKET,
 * LOG_DIR_FLOW_TOCLIENT in output-json-*.c), not the side that opened the connection. Since Suricata 7 an alert's `flow`
 * has the addresses as the connection was opened, and `direction` says which way the packet went. Where neither is there,
 * the side with the lower port is taken for the server.
 */
export function oriented(record: JsonObject, base: NetworkEventBase): Oriented {
  const flow = objectAt(record, 'flow');
  const opener = flow === undefined ? '' : addressAt(flow, 'src_ip');
  if (flow !== undefined && opener !== '') {
    const fits = opener === base.sourceAddress && portAt(flow, 'src_port') === base.sourcePort;
    return fits ? { base, fromServer: false } : { base: swapped(base), fromServer: true };
  }
  if (record.direction === 'to_server') return { base, fromServer: false };
  const { sourcePort, destinationPort } = base;
  const lower = sourcePort >= 0 && destinationPort >= 0 && sourcePort < destinationPort;
  if (record.direction !== 'to_client' && !lower) return { base, fromServer: false };
  return { base: swapped(base), fromServer: true };
}

const swapped = (base: NetworkEventBase): NetworkEventBase => ({
  ...base,
  sourceAddress: base.destinationAddress,
  sourcePort: base.destinationPort,
  destinationAddress: base.sourceAddress,
  destinationPort: base.sourcePort,
});
