import type { AddressOwner, Attributed, Flow, HostWatch } from './contract.ts';

const WATCHES_MAX = 512;
const FLOWS_MAX = 8;
/** Answers to questions and time are no company. */
const DULL_PORTS = new Set([53, 67, 68, 123, 137, 138, 5353, 5355]);

/** Hosts whose flows somebody waits for: flows out of them that are no process's, to destinations new to the host. */
export class Watches {
  data: HostWatch[] = [];

  add(watch: HostWatch): HostWatch {
    if (this.data.length >= WATCHES_MAX) this.data.shift();
    this.data.push(watch);
    return watch;
  }

  /** `known` says whether the flow's source had been to this destination before. */
  take(flow: Flow, owner: AddressOwner | null, known: boolean): void {
    if (this.data.length === 0 || owner === null || known || !flow.established) return;
    if (DULL_PORTS.has(flow.destinationPort)) return;
    for (const watch of this.data) {
      if (watch.host !== owner.host || watch.flows.length >= FLOWS_MAX) continue;
      if (flow.startTime < watch.from || flow.startTime > watch.until) continue;
      const seconds = Math.round((flow.startTime - watch.from) / 1000);
      const shared = owner.others.length > 0 ? '; several hosts share this address' : '';
      const found: Attributed = {
        flow,
        strength: 'inferred',
        why: `leaves an address of this host ${seconds} s later, to where it had not been before${shared}`,
        alike: owner.others.length,
      };
      watch.flows.push(found);
    }
    this.#tidy(flow.endTime);
  }

  /** Connections are told when they end: a watch is kept an hour past its time. */
  #tidy(now: number): void {
    const first = this.data[0];
    if (first !== undefined && first.until + 3_600_000 < now) this.data.shift();
  }
}
