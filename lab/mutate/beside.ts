import type { Analytic, AnalyticRun, TunableValue } from '../../src/analytics/contract.ts';
import type { Finding } from '../../src/events/finding.ts';
import { wordsOf } from '../../test/support/told.ts';
import { RunsInACircle, type Switch } from './switch.ts';

/**
 * Many mutants over one replay. Decoding and state are the same for all of them, so the evidence is read once and every
 * mutant is one more run of the analytic beside the true one, with its switch on only while it is asked. An analytic reads
 * state and changes none; should a mutant change some all the same, the true run, which is asked last, tells other words
 * than were accepted, and the batch is refused.
 */
export interface Beside {
  /** Begins a replay with these on. `whole`: all that a finding holds is compared, also what nobody is told. */
  begin(ids: readonly number[], whole?: 'whole'): void;
  /** What each told in the end, as one text; 0 is the true one. `!` for one that threw, `∞` for one that ran in a circle. */
  told(id: number): string;
}

/** More conditions than any recording meets in one call, by a factor of ten. */
const FUEL = 20_000_000;

interface One {
  readonly id: number;
  run: AnalyticRun | null;
  dead: string;
}

/** An analytic as it is with this mutant on while its modules are loaded. */
export type Copies = ReadonlyMap<number, readonly Analytic[]>;

/** Puts itself in the place of the analytics' own `start`. `onAlive` is called each time that a mutant is asked. */
export function beside(analytics: readonly Analytic[], copies: Copies, mutant: Switch, onAlive: () => void): Beside {
  let on: readonly number[] = [];
  const texts = new Map<number, string>();
  let isWhole = false;
  const note = (id: number, analytic: string, found: readonly Finding[]): void => {
    const text = isWhole ? JSON.stringify(found) : inWords(found);
    texts.set(id, `${texts.get(id) ?? ''}${analytic}\n${text}\n`);
  };
  const asked = (one: One, what: (run: AnalyticRun) => void): void => {
    if (one.run === null) return;
    onAlive();
    mutant.active = one.id;
    mutant.fuel = FUEL;
    try {
      what(one.run);
    } catch (error) {
      one.dead = error instanceof RunsInACircle ? '∞' : '!';
      one.run = null;
    } finally {
      mutant.active = 0;
      mutant.fuel = Number.POSITIVE_INFINITY;
    }
  };
  for (const analytic of analytics) {
    const begin = analytic.start.bind(analytic);
    const started = (id: number, tunables: ReadonlyMap<string, TunableValue>): AnalyticRun => {
      const copy = copies.get(id)?.find(each => each.meta.id === analytic.meta.id);
      return copy === undefined ? begin(tunables) : copy.start(asIn(copy, analytic, tunables));
    };
    const truly = <T>(what: () => T): T => {
      mutant.inside = true;
      try {
        return what();
      } finally {
        mutant.inside = false;
      }
    };
    const start = (tunables: ReadonlyMap<string, TunableValue>): AnalyticRun => {
      const all: One[] = on.map(id => ({ id, run: null, dead: '' }));
      for (const one of all) {
        mutant.active = one.id;
        try {
          one.run = started(one.id, tunables);
        } catch {
          one.dead = '!';
        }
        mutant.active = 0;
      }
      const base = truly(() => begin(tunables));
      return {
        onNotice(notice, world) {
          for (const one of all) asked(one, run => run.onNotice?.(notice, world));
          truly(() => base.onNotice?.(notice, world));
        },
        onMail(event, world) {
          for (const one of all) asked(one, run => run.onMail?.(event, world));
          truly(() => base.onMail?.(event, world));
        },
        findings(world, now) {
          for (const one of all) {
            asked(one, run => note(one.id, analytic.meta.id, run.findings(world, now)));
            if (one.dead !== '') texts.set(one.id, `${texts.get(one.id) ?? ''}${one.dead}`);
          }
          const found = truly(() => base.findings(world, now));
          note(0, analytic.meta.id, found);
          return found;
        },
        snapshot() {
          const each = all.map(one => {
            let kept: unknown = null;
            asked(one, run => {
              kept = run.snapshot();
            });
            return kept;
          });
          return { base: truly(() => base.snapshot()), each, dead: all.map(one => one.dead) };
        },
        restore(data) {
          const from = data as { readonly base: unknown; readonly each: unknown[]; readonly dead: string[] };
          all.forEach((one, index) => {
            one.dead = from.dead[index] as string;
            if (one.dead !== '') one.run = null;
            asked(one, run => run.restore(from.each[index]));
          });
          truly(() => base.restore(from.base));
        },
        evictions() {
          const counted = (id: number, gone: number): void => {
            if (isWhole) texts.set(id, `${texts.get(id) ?? ''}${gone}\n`);
          };
          for (const one of all) asked(one, run => counted(one.id, run.evictions()));
          const gone = truly(() => base.evictions());
          counted(0, gone);
          return gone;
        },
      };
    };
    (analytic as { start: Analytic['start'] }).start = start;
  }
  return {
    begin(ids, whole) {
      on = ids;
      isWhole = whole === 'whole';
      texts.clear();
    },
    told: id => texts.get(id) ?? '',
  };
}

/** A tunable that nobody set has the copy's default. */
function asIn(
  copy: Analytic,
  original: Analytic,
  tunables: ReadonlyMap<string, TunableValue>,
): ReadonlyMap<string, TunableValue> {
  const set = new Map(tunables);
  copy.meta.tunables.forEach((each, index) => {
    const standard = original.meta.tunables[index]?.default;
    if (set.get(each.name) === standard) set.set(each.name, each.default);
  });
  return set;
}

const inWords = (found: readonly Finding[]): string => found.map(one => wordsOf(one).join('\n')).join('\n\n');
