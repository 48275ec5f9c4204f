import { BoundedMap } from '../../core/bounded-map.ts';
import { epochMs, isoUtc, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { MailDisconnected } from '../../events/mail-events.ts';
import type { Ref } from '../../events/ref.ts';
import type { World } from '../../state/world.ts';
import { byEvidence, byTunable } from '../factors.ts';
import { Story } from '../story.ts';
import { toFinding } from '../to-finding.ts';
import { topOf } from './tally.ts';

interface Storm {
  /** Ends of connections in the window, oldest first. */
  times: number[];
  /** Who made each of them. */
  callers: string[];
  episode: TooMany | null;
}

interface TooMany {
  readonly start: number;
  last: number;
  count: number;
  readonly clients: Set<string>;
  /** Recipients that were named, where the record says so (a sensor on the wire does, an MTA's line does not). */
  readonly asked: Map<string, number>;
  readonly first: Ref;
  latest: Ref;
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
    return [...this.#hosts.entries].flatMap(([host, { episode }]) =>
      episode === null ? [] : [this.#told(host, episode, world)],
    );
  }

  #told(host: string, { start, last, count, clients, asked, first, latest }: TooMany, world: World): Finding {
    const target = topOf(asked);
    const evidence = `${count} connections from at least ${clients.size} addresses ended without a message`;
    const story = new Story();
    const limit = story.step(
      'limit',
      epochMs(start),
      'mail.disconnected',
      'The connection that made it too many',
      first,
    );
    const end = story.step('last', epochMs(last), 'mail.disconnected', `The last of ${count}`, latest);
    if (target === null)
      story.link(
        limit,
        'recipient',
        'meant for',
        'unavailable',
        'a connection without a message names no recipient in the log',
      );
    else story.link(limit, end, 'meant for', 'inferred', 'the wire shows whom these connections asked for');
    if (target === null && !world.seen(host, 'mail.rejected'))
      story.miss('No refusals are logged: whom the connections asked for is not known.');
    const named = target === null ? '' : `; ${target.count} of those seen asked for ${target.key}`;
    story.factor('empty-connections', 20, `${evidence}${named}`, [limit, end], {
      name: 'MailVolumeThreshold',
      met: `${count} connections`,
      limit: `${this.#limit / MULTIPLE} a minute (${this.#limit} connections in ten minutes)`,
    });
    story.change(
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
    );
    return toFinding(story, {
      analytic: 'AN1009',
      host,
      key: `connections|${host}|${isoUtc(start)}`,
      severity: 'informational',
      title: `Many connections without a message at ${host}`,
      story: `Between ${isoUtc(start)} and ${isoUtc(last)}, ${evidence}; connections alone do not make a flooded mailbox.${target === null ? '' : ` Most asked for ${target.key}.`}`,
      entities: [
        { kind: 'host', value: host },
        ...(target === null ? [] : [{ kind: 'recipient' as const, value: target.key }]),
      ],
      next: [
        'Look at the addresses: one network can be limited (smtpd_client_connection_rate_limit); many point at a botnet.',
      ],
    });
  }

  snapshot() {
    return this.#hosts.snapshot();
  }

  restore(data: ReturnType<ConnectionStorm['snapshot']>): void {
    this.#hosts.restore(data);
  }
}
