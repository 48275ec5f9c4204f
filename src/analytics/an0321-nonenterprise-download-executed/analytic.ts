import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import { actingUid } from '../../state/elevation.ts';
import type { Notice } from '../../state/notices.ts';
import type { Taint } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import { type ContentCase, ContentCases } from '../content-cases.ts';
import { type ContentStory, cameAsProgram, tellContent } from '../content-story.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { deliveryFor } from '../delivery-link.ts';
import { isMereOrder } from '../new-order.ts';
import { Tunables } from '../tunables.ts';
import { changesOf } from './changes.ts';
import { Services, tellService } from './service.ts';
import { findingOf } from './tell.ts';
import { type FetchHabit, weigh, weighFetch } from './weigh.ts';

/**
 * AN0321: a browser or messenger downloads something and it is run: as a program, by an interpreter, out of an archive, as
 * a module, by a build or package tool; or a command fetched right after browsing is fed to a shell. How unexpected the
 * content, the place and the way of running are decides the score.
 */
export const an0321: Analytic = {
  meta: {
    id: 'AN0321',
    tunables: [
      {
        name: 'BrowserProcesses',
        default: [
          'firefox',
          'chromium',
          'chrome',
          'brave',
          'opera',
          'vivaldi',
          'msedge',
          'epiphany',
          'falkon',
          'telegram',
          'signal-desktop',
          'slack',
          'discord',
          'element-desktop',
          'teams',
          'thunderbird',
          'evolution',
        ],
        unit: 'program names without version',
        why: "Clients through which people get mail and messages that are not the enterprise's.",
      },
      {
        name: 'PhishingIndicators',
        default: [
          '(invoice|payment|statement|salary|offer|contract|resume|curriculum|cv|urgent|verify|account|delivery|parcel|order)',
        ],
        unit: 'regular expressions over file names and URLs, case-insensitive',
        why: 'Lures seen in published phishing reports. A match only adds one point; it never alerts by itself.',
      },
      {
        name: 'BrowseToCommandWindow',
        default: 30 * MINUTE_MS,
        unit: 'ms',
        why: 'A pasted command follows the visit within minutes; half an hour leaves room for reading.',
      },
      {
        name: 'HabitRuns',
        default: 1,
        unit: 'earlier runs by this user, more than an hour before',
        why: 'One earlier, separate use of curl | sh by the same user makes it a habit rather than a first.',
      },
    ],
    telemetry: [
      {
        kind: 'process.started',
        everyHost: true,
        what: 'process executions (audit execve)',
        unlocks: 'seeing that a download is run at all',
        required: true,
      },
      {
        kind: 'file:written',
        everyHost: true,
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks:
          'which client saved the file: without it only the place says that it was downloaded, which is low, medium at most',
        required: false,
      },
      {
        kind: 'network:outbound',
        everyHost: true,
        what: 'outbound connections (audit connect)',
        unlocks: 'whether what ran reached out, and browsing before a pasted command',
        required: false,
      },
      {
        kind: 'tls.name-seen',
        what: 'names on the wire (Zeek ssl, http, dns, files; Suricata tls, http, dns, fileinfo)',
        unlocks: "the service a download came from, and whether it is the enterprise's own",
        required: false,
      },
    ],
  },
  notices: ['content.executed', 'controlled.connected', 'persistence.written', 'secret.read', 'transfer.started'],
  mailKinds: [],
  start: tunables => new Run(tunables),
};

const accepts = (taint: Taint): boolean => taint.origin.kind === 'download';

/** Who a fetch was run for, and when that user last browsed before it: looked up when it happens, because activity moves on. */
interface Fetcher {
  readonly user: string;
  readonly browsed: number;
}

interface Saved {
  cases: unknown;
  services: ReturnType<Services['snapshot']>;
  fetchers: Map<string, Fetcher>;
  fetches: Map<string, number[]>;
}

/** Nobody was seen to make it, and no message could have brought it: AN0656 has no story of it. */
const isUnclaimed = (found: ContentCase, told: ContentStory, world: World): boolean =>
  world.hosts.get(found.host)?.areas.isMade(told.main.path) !== true &&
  deliveryFor(world, [told.taint, ...found.origins], told.person, told.main.path, cameAsProgram(told.main)) === null;

const FETCHES_MAX = 16;
const USERS_MAX = 4096;

class Run implements AnalyticRun {
  readonly #cases = new ContentCases(accepts);
  readonly #tunables: Tunables;
  readonly #services = new Services();
  #fetchers = new Map<string, Fetcher>();
  #fetches = new Map<string, number[]>();

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    this.#tunables = new Tunables(tunables);
  }

  onNotice(notice: Notice, world: World): void {
    if (notice.kind === 'content.executed') {
      if (notice.taint.origin.basis === 'fetched') this.#noteFetch(notice, world);
      this.#services.note(notice, world);
    }
    this.#cases.take(notice, world);
  }

  #noteFetch(notice: Notice & { kind: 'content.executed' }, world: World): void {
    // Whoever logged in: what is fetched may run as root (`curl … | sudo sh`), who never browses.
    const uid = actingUid(notice.process);
    const user = `${notice.host} ${uid}`;
    const activity = world.hosts.get(notice.host)?.activity.peek(uid);
    const { id } = notice.taint.origin;
    if (!this.#fetchers.has(id) && this.#fetchers.size < USERS_MAX) {
      const browsed = Math.max(
        activity?.browsed ?? Number.NEGATIVE_INFINITY,
        activity?.browser ?? Number.NEGATIVE_INFINITY,
        activity?.messenger ?? Number.NEGATIVE_INFINITY,
      );
      this.#fetchers.set(id, { user, browsed });
    }
    const times = this.#fetches.get(user) ?? [];
    if (
      times.length < FETCHES_MAX &&
      !times.includes(notice.taint.origin.time) &&
      (times.length > 0 || this.#fetches.size < USERS_MAX)
    )
      times.push(notice.taint.origin.time);
    this.#fetches.set(user, times);
  }

  findings(world: World, _now: EpochMs): Finding[] {
    const found: Finding[] = [];
    for (const one of this.#cases.cases.values()) {
      if (isMereOrder(one)) continue;
      const told = tellContent(one, world, false);
      if (told === null) continue;
      const habit = told.taint.origin.basis === 'fetched' ? this.#habitOf(one, told.taint) : null;
      const recorded = world.seen(one.host, 'network.connected');
      const severity =
        habit === null
          ? weigh(one, told, this.#tunables, recorded, () => isUnclaimed(one, told, world))
          : weighFetch(one, told, habit, this.#tunables, recorded, world.mail.localDomains);
      if (severity === null) continue;
      const service = this.#services.of(one, told, world);
      if (service !== null) tellService(told, service);
      told.story.change(...changesOf(one, told, habit, world, this.#tunables));
      found.push(findingOf(one, told, { severity, service }, world));
    }
    return found;
  }

  #habitOf(found: ContentCase, { origin }: Taint): FetchHabit {
    const fetcher = this.#fetchers.get(origin.id);
    const fetches = this.#fetches.get(fetcher?.user ?? `${found.host} ${found.uid}`) ?? [];
    return {
      gapMs: origin.time - (fetcher?.browsed ?? Number.NEGATIVE_INFINITY),
      earlier: fetches.filter(time => origin.time - time > HOUR_MS).length,
    };
  }

  snapshot(): unknown {
    return {
      cases: this.#cases.snapshot(),
      services: this.#services.snapshot(),
      fetchers: this.#fetchers,
      fetches: this.#fetches,
    } satisfies Saved;
  }

  restore(data: unknown): void {
    const from = data as Saved;
    this.#cases.restore(from.cases);
    this.#services.restore(from.services);
    this.#fetchers = from.fetchers;
    this.#fetches = from.fetches;
  }

  evictions(): number {
    return this.#cases.cases.evicted + this.#services.evicted;
  }
}
