import { BoundedMap } from '../../core/bounded-map.ts';
import type { FlowEnded } from '../../events/network-events.ts';
import type { Flow } from './contract.ts';

const FLOWS_MAX = 32_768;
/** Records of one connection from two sensors, or of its two directions, tell beginnings this close. */
const SAME_MS = 5000;

export interface FlowData {
  byTuple: ReturnType<BoundedMap<string, Flow>['snapshot']>;
}

/**
 * Connections put together from all that sensors say of them: two sensors on one wire, a record a direction, a record so
 * far and one at the end. Joined by addresses, ports and beginning, for which a community id is only another name.
 */
export class Flows {
  readonly #byTuple = new BoundedMap<string, Flow>(FLOWS_MAX);

  get evicted(): number {
    return this.#byTuple.evicted;
  }

  /** The flow of a record, and whether it is a new one. */
  take(event: FlowEnded): { flow: Flow; fresh: boolean } {
    const key = tupleOf(event);
    const known = key === '' ? undefined : this.#byTuple.touch(key);
    if (known !== undefined && this.#isSame(known, event)) {
      merge(known, event);
      return { flow: known, fresh: false };
    }
    const flow: Flow = {
      sensor: event.host,
      flowId: event.flowId,
      sourceAddress: event.sourceAddress,
      sourcePort: event.sourcePort,
      destinationAddress: event.destinationAddress,
      destinationPort: event.destinationPort,
      transport: event.transport,
      startTime: event.startTime,
      endTime: event.endTime ?? event.time,
      service: event.service,
      bytesOut: event.bytesOut,
      bytesIn: event.bytesIn,
      counted: event.counted,
      established: event.established,
      name: '',
      nameFrom: '',
      ref: event.ref,
      contact: null,
    };
    if (key !== '') this.#byTuple.set(key, flow);
    return { flow, fresh: true };
  }

  #isSame(known: Flow, event: FlowEnded): boolean {
    if (known.flowId !== '' && known.flowId === event.flowId && known.sensor === event.host) return true;
    return Math.abs(known.startTime - event.startTime) <= SAME_MS;
  }

  snapshot(): FlowData {
    return { byTuple: this.#byTuple.snapshot() };
  }

  restore(from: FlowData): void {
    this.#byTuple.restore(from.byTuple);
  }
}

/** '' where ports are not known: such records are never joined. */
function tupleOf(event: FlowEnded): string {
  if (event.sourcePort < 0 || event.destinationPort < 0) return '';
  return `${event.transport} ${event.sourceAddress} ${event.sourcePort} ${event.destinationAddress} ${event.destinationPort}`;
}

/** The larger count stands: one sensor may have come late or seen a part. Payload is surer than whole packets. */
function merge(flow: Flow, event: FlowEnded): void {
  flow.startTime = event.startTime < flow.startTime ? event.startTime : flow.startTime;
  const ended = event.endTime ?? event.time;
  flow.endTime = ended > flow.endTime ? ended : flow.endTime;
  flow.established ||= event.established;
  if (flow.service === '') flow.service = event.service;
  if (flow.counted === 'packets' && event.counted === 'payload' && event.bytesOut >= 0) {
    flow.bytesOut = event.bytesOut;
    flow.bytesIn = event.bytesIn;
    flow.counted = 'payload';
    return;
  }
  if (flow.counted !== event.counted && flow.bytesOut >= 0 && flow.bytesIn >= 0) return;
  flow.bytesOut = Math.max(flow.bytesOut, event.bytesOut);
  flow.bytesIn = Math.max(flow.bytesIn, event.bytesIn);
}
