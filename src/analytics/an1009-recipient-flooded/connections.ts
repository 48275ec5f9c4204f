import { BoundedMap } from '../../core/bounded-map.ts';
import { epochMs, isoUtc, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDisconnected } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byTunable, factorOf } from '../factors.ts';
import { topOf } from './tally.ts';

interface Storm {
  /** Ends of connections in the window, oldest first. */
  times: number[];
  /** Who made each of them. */
  callers: string[];
  episode: {
    start: number;
    last: number;
    count: number;
    clients: Set<string>;
    /** Recipients that were named, where the record says so (a sensor on the wire does, an MTA's line does not). */
    asked: Map<string, number>;
    first: Ref;
    latest: Ref;
  } | null;
}

const WINDOW_MS = 10 * MINUTE_MS;
const HOSTS_MAX = 256;
const TIMES_MAX = 2000;
const CLIENTS_MAX = 1000;
const ASKED_MAX = 200;
/** Connections without a message in ten minutes, as a multiple of MailVolumeThreshold. */
const MULTIPLE = 10;

/**
 * Connections that end without a message, by host. Whom they were meant for, the log does not tell: one signal, never more
 * than informational. Beside a flood they count there.
 */
export class ConnectionStorm {
  readonly #limit: number;
  readonly #hosts = new BoundedMap<string, Storm>(HOSTS_MAX);

  constructor(volumeThreshold: number) {
    this.#limit = Math.min(TIMES_MAX - 1, volumeThreshold * MULTIPLE);
  }

  add(event: MailDisconnected): void {
    let storm = this.#hosts.touch(event.host);
    if (storm === undefined) {
      storm = { times: [], callers: [], episode: null };
      this.#hosts.set(event.host, storm);
    }
    storm.times.push(event.time);
    storm.callers.push(event.clientAddress);
    let gone = 0;
    while ((storm.times[gone] as number) <= event.time - WINDOW_MS) gone += 1;
    gone = Math.max(gone, storm.times.length - TIMES_MAX);
    storm.times.splice(0, gone);
    storm.callers.splice(0, gone);
    if (storm.times.length < this.#limit) return;
    storm.episode ??= {
      start: storm.times[0] as number,
      last: event.time,
      count: storm.times.length - 1,
      clients: new Set(storm.callers.slice(-CLIENTS_MAX)),
      asked: new Map(),
      first: event.ref,
      latest: event.ref,
    };
    const { episode } = storm;
    episode.last = event.time;
    episode.count += 1;
    episode.latest = event.ref;
    if (episode.clients.size < CLIENTS_MAX) episode.clients.add(event.clientAddress);
    for (const name of event.asked ?? []) {
      const asked = episode.asked.get(name.toLowerCase());
      if (asked !== undefined || episode.asked.size < ASKED_MAX)
        episode.asked.set(name.toLowerCase(), (asked ?? 0) + 1);
    }
  }

  findings(world: World): Finding[] {
    const found: Finding[] = [];
    for (const [host, { episode }] of this.#hosts.entries) {
      if (episode === null) continue;
      const { start, last, count, clients, asked } = episode;
      const target = topOf(asked);
      const named = target === null ? '' : `; ${target.count} of those seen asked for ${target.key}`;
      const evidence = `${count} connections from at least ${clients.size} addresses ended without a message`;
      const rejected = world.seen(host, 'mail.rejected');
      found.push({
        analytic: 'AN1009',
        host,
        key: `connections|${host}|${isoUtc(start)}`,
        severity: 'informational',
        title: `Many connections without a message at ${host}`,
        story: `Between ${isoUtc(start)} and ${isoUtc(last)}, ${evidence}; connections alone do not make a flooded mailbox.${target === null ? '' : ` Most asked for ${target.key}.`}`,
        steps: [
          {
            id: 'limit',
            time: epochMs(start),
            kind: 'mail.disconnected',
            summary: 'The connection that made it too many',
            ref: episode.first,
          },
          {
            id: 'last',
            time: epochMs(last),
            kind: 'mail.disconnected',
            summary: `The last of ${count}`,
            ref: episode.latest,
          },
        ],
        links: [
          {
            from: 'limit',
            to: target === null ? 'recipient' : 'last',
            kind: 'meant for',
            strength: target === null ? 'unavailable' : 'inferred',
            why:
              target === null
                ? 'a connection without a message names no recipient in the log'
                : 'the wire shows whom these connections asked for',
          },
        ],
        entities: [
          { kind: 'host', value: host },
          ...(target === null ? [] : [{ kind: 'recipient' as const, value: target.key }]),
        ],
        missing:
          rejected || target !== null ? [] : ['No refusals are logged: whom the connections asked for is not known.'],
        factors: [
          factorOf('empty-connections', 20, `${evidence}${named}`, ['limit', 'last'], {
            name: 'MailVolumeThreshold',
            met: `${count} connections`,
            limit: `${this.#limit / MULTIPLE} a minute (${this.#limit} connections in ten minutes)`,
          }),
        ],
        wouldChange: [
          byEvidence(
            30,
            'one mailbox had been flooded in the same time',
            target === null ? 'a connection without a message names no mailbox' : `no flood of ${target.key} was seen`,
          ),
          byTunable(
            -20,
            `MailVolumeThreshold were above ${Math.ceil(count / MULTIPLE)} messages a minute`,
            `it is ${this.#limit / MULTIPLE}; ten times as many connections in ten minutes count`,
            'MailVolumeThreshold',
          ),
        ],
        next: [
          'Look at the addresses: one network can be limited (smtpd_client_connection_rate_limit); many point at a botnet.',
        ],
        exercise: false,
      });
    }
    return found;
  }

  snapshot() {
    return this.#hosts.snapshot();
  }

  restore(data: ReturnType<ConnectionStorm['snapshot']>): void {
    this.#hosts.restore(data);
  }
}
