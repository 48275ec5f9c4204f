import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { Severity } from '../../events/vocabulary.ts';
import type { Notice } from '../../state/notices.ts';
import { CLASS } from '../../state/programs.ts';
import { stepSummary, type Taint, taintSteps } from '../../state/taint.ts';
import type { World } from '../../state/world.ts';
import { type ContentCase, ContentCases } from '../content-cases.ts';
import { type ContentStory, howText, isMessengerOrigin, tellContent, weighLeaving } from '../content-story.ts';
import type { Analytic, AnalyticRun, TunableValue } from '../contract.ts';
import { atMost, raise } from '../story.ts';
import { Services, tellService } from './service.ts';
import { findingOf } from './tell.ts';

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
        what: 'process executions (audit execve)',
        unlocks: 'seeing that a download is run at all',
        required: true,
      },
      {
        kind: 'file:written',
        what: 'file creation and writes in homes and temporary places (audit open/creat/rename)',
        unlocks:
          'which client saved the file: without it only the place says that it was downloaded, which is low at most',
        required: false,
      },
      {
        kind: 'network:outbound',
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
  notices: ['content.executed', 'controlled.connected', 'persistence.written'],
  mailKinds: [],
  start: tunables => new Run(tunables),
};

const accepts = (taint: Taint): boolean => taint.origin.kind === 'download';

/** When a user last browsed before a fetch was run, by case: looked up when it happens, because activity moves on. */
interface Saved {
  cases: unknown;
  services: ReturnType<Services['snapshot']>;
  browsedBefore: Map<string, number>;
  fetches: Map<string, number[]>;
}

const FETCHES_MAX = 16;
const USERS_MAX = 4096;

class Run implements AnalyticRun {
  readonly #cases = new ContentCases(accepts);
  readonly #tunables: ReadonlyMap<string, TunableValue>;
  readonly #services = new Services();
  #browsedBefore = new Map<string, number>();
  #fetches = new Map<string, number[]>();

  constructor(tunables: ReadonlyMap<string, TunableValue>) {
    this.#tunables = tunables;
  }

  onNotice(notice: Notice, world: World): void {
    if (notice.kind === 'content.executed' && accepts(notice.taint) && notice.taint.origin.basis === 'fetched')
      this.#noteFetch(notice, world);
    if (notice.kind === 'content.executed' && accepts(notice.taint)) this.#services.note(notice, world);
    this.#cases.take(notice, world);
  }

  #noteFetch(notice: Notice & { kind: 'content.executed' }, world: World): void {
    const { uid } = notice.process;
    const user = `${notice.host} ${uid}`;
    const activity = world.hosts.get(notice.host)?.activity.peek(uid);
    const { id } = notice.taint.origin;
    if (!this.#browsedBefore.has(id) && this.#browsedBefore.size < USERS_MAX) {
      this.#browsedBefore.set(
        id,
        Math.max(
          activity?.browsed ?? Number.NEGATIVE_INFINITY,
          activity?.browser ?? Number.NEGATIVE_INFINITY,
          activity?.messenger ?? Number.NEGATIVE_INFINITY,
        ),
      );
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
      const told = tellContent(one, world, false);
      if (told === null) continue;
      const severity = this.#weigh(one, told);
      if (severity === null) continue;
      const service = this.#services.of(one, told, world);
      if (service !== null) tellService(told, service);
      found.push(findingOf(one, told, { severity, service }, world));
    }
    return found;
  }

  #weigh(found: ContentCase, told: ContentStory): Severity | null {
    const { taint } = told;
    const { basis } = taint.origin;
    if (basis === 'fetched') return this.#weighFetch(found, told);
    told.story.factor('a download was run', 3, `${howText(told.main)} (${told.main.strength})`);
    if (basis === 'place') {
      if (taint.origin.classBits === 0) return null;
      told.story.factor('only the place tells that it was downloaded', -2, stepSummary(taint.step));
      return this.#suspicion(found, told) >= 2 ? 'low' : 'informational';
    }
    if (basis === 'appeared') {
      told.story.factor(
        'file appeared where a browser or messenger saves',
        1,
        stepSummary(taintSteps(taint)[0] ?? taint.step),
      );
      const points = this.#suspicion(found, told);
      return this.#lowered(found, told, points >= 3 ? 'medium' : points >= 1 ? 'low' : 'informational');
    }
    told.story.factor('a browser or messenger wrote it', 2, taint.origin.program);
    const suspicion = this.#suspicion(found, told);
    let severity: Severity = suspicion >= 1 ? 'medium' : 'low';
    if (told.reachedOut || found.persistence.length > 0)
      severity = told.chain === 'observed' ? 'high' : raise(severity);
    return this.#lowered(found, told, severity);
  }

  /** Points for what is unexpected about content, place and way of running. */
  #suspicion(found: ContentCase, told: ContentStory): number {
    const { story, main, taint } = told;
    const before = story.score;
    if (told.disguise !== '') story.factor('disguised name', 2, told.disguise);
    if (
      main.how === 'interpreter-script' ||
      main.how === 'standard-input' ||
      main.how === 'launcher' ||
      main.how === 'interpreter-module'
    )
      story.factor('a script, not an installed program', 1, main.command);
    if (main.how === 'binary' && story.steps.some(step => step.kind === 'file.made-executable'))
      story.factor('made executable by hand', 1, main.path);
    if (main.how === 'loader' || main.how === 'memory') story.factor('run in a way that hides it', 2, howText(main));
    if (taint.archived) story.factor('came out of an archive', 1, stepSummary(taint.step));
    if (isMessengerOrigin(taint)) story.factor('came through a messenger', 1, taint.origin.program);
    if (main.parentClass & (CLASS.browser | CLASS.messenger))
      story.factor('started by the client itself', 1, main.parent);
    if (main.how === 'build' || main.how === 'package-script')
      story.factor('code of the download is run by a build or package tool', 1, main.command);
    if (main.time - taint.origin.time < HOUR_MS)
      story.factor(
        'run within the hour',
        0.5,
        `${Math.round((main.time - taint.origin.time) / 1000)} s after the download`,
      );
    if (this.#looksLikeLure(main.path)) story.factor('the name is that of a usual lure', 0.5, main.path);
    if (told.reachedOut)
      story.factor(
        'outbound network afterwards',
        2,
        found.connections.map(connection => connection.destination).join(', '),
      );
    weighLeaving(told);
    if (found.persistence.length > 0)
      story.factor('left something that runs later', 2, found.persistence.map(left => left.path).join(', '));
    return story.score - before;
  }

  #looksLikeLure(path: string): boolean {
    const patterns = this.#tunables.get('PhishingIndicators');
    if (!Array.isArray(patterns) || path === '') return false;
    const name = path.slice(path.lastIndexOf('/') + 1).slice(0, 256);
    return (patterns as readonly string[]).some(pattern => {
      try {
        return new RegExp(pattern, 'i').test(name);
      } catch {
        return false;
      }
    });
  }

  #lowered(found: ContentCase, told: ContentStory, severity: Severity): Severity {
    const { main, story, taint } = told;
    if (main.how === 'package-script' && !told.reachedOut && found.runs.every(run => run.how === 'package-script')) {
      story.factor('installed by the package manager', -3, main.command);
      return 'informational';
    }
    if (taint.curated) {
      story.factor('taken in by version control, a compiler or a package manager', -4, stepSummary(taint.step));
      return atMost(severity, told.reachedOut ? 'low' : 'informational');
    }
    if (main.how === 'spawned-by-viewer' && !told.reachedOut && found.runs.length === 1) {
      story.factor('only the viewer started something', -4, 'viewers start helpers; nothing else followed');
      return 'informational';
    }
    return severity;
  }

  /** A command line that fetches and runs: a developer's habit, unless it is a first that follows browsing. */
  #weighFetch(found: ContentCase, told: ContentStory): Severity | null {
    const { story, taint, main } = told;
    const number = (name: string, absent: number) => {
      const value = this.#tunables.get(name);
      return typeof value === 'number' ? value : absent;
    };
    const browsed = this.#browsedBefore.get(taint.origin.id) ?? Number.NEGATIVE_INFINITY;
    const gap = taint.origin.time - browsed;
    story.factor('fetched content was run', 2, main.command);
    const earlier = (this.#fetches.get(`${found.host} ${found.uid}`) ?? []).filter(
      time => taint.origin.time - time > HOUR_MS,
    ).length;
    if (earlier >= number('HabitRuns', 1)) {
      story.factor('this user does so habitually', -2, `${earlier} earlier times`);
      return told.reachedOut && found.persistence.length > 0 ? 'low' : 'informational';
    }
    if (gap > number('BrowseToCommandWindow', 30 * MINUTE_MS)) return 'informational';
    story.factor('a browser or messenger was used just before', 2, `${Math.round(gap / 1000)} s before the fetch`);
    if (told.reachedOut)
      story.factor(
        'outbound network afterwards',
        1,
        found.connections.map(connection => connection.destination).join(', '),
      );
    if (found.persistence.length > 0)
      story.factor('left something that runs later', 2, found.persistence.map(left => left.path).join(', '));
    return told.reachedOut || found.persistence.length > 0 ? 'high' : 'medium';
  }

  snapshot(): unknown {
    return {
      cases: this.#cases.snapshot(),
      services: this.#services.snapshot(),
      browsedBefore: this.#browsedBefore,
      fetches: this.#fetches,
    } satisfies Saved;
  }

  restore(data: unknown): void {
    const from = data as Saved;
    this.#cases.restore(from.cases);
    this.#services.restore(from.services);
    this.#browsedBefore = from.browsedBefore;
    this.#fetches = from.fetches;
  }

  evictions(): number {
    return this.#cases.cases.evicted + this.#services.evicted;
  }
}
