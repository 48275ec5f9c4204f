import { DAY_MS } from '../../core/time.ts';
import { together } from './attempts.ts';
import { HORIZON_MAX_MS, HORIZONS, NEWCOMERS } from './horizons.ts';
import type { Sample } from './sample.ts';
import { formsOf, shapeOf } from './shape.ts';

/** A message of the last day whose sender never wrote to anybody here before, one a sender. */
interface Newcomer {
  readonly time: number;
  readonly domain: string;
  readonly sender: string;
  /** Of the sender, once it was asked for; '' before. */
  shape: string;
}

/** What a mailbox had of them. */
export interface Newcomers {
  recent: Newcomer[];
}

/** How many of a mailbox's messages usually come from such senders, by window. */
export interface NewcomersUsual {
  /** The mailbox got something half a day before or longer ago, and the evidence goes back a day: what is usual can be said. */
  readonly known: boolean;
  readonly expected: readonly number[];
}

interface Setting {
  readonly volumeThreshold: number;
  readonly baselineMultiple: number;
}

const RECENT_MAX = 2000;
/** Of too many so much is kept, so that few messages move the list. */
const KEPT = 0.9;

export const newNewcomers = (): Newcomers => ({ recent: [] });

export function addNewcomer(newcomers: Newcomers, { time, sender }: Sample): void {
  const { recent } = newcomers;
  recent.push({ time, domain: sender.slice(sender.lastIndexOf('@') + 1), sender, shape: '' });
  if (recent.length > RECENT_MAX || (recent[0] as Newcomer).time <= time - 2 * DAY_MS)
    newcomers.recent = recent.slice(-RECENT_MAX * KEPT).filter(each => each.time > time - DAY_MS);
}

/** How many each window before `time` holds; none in those too short to say anything of people. */
export function newcomersIn({ recent }: Newcomers, time: number): number[] {
  return HORIZONS.map(({ lengthMs }, index) =>
    index < NEWCOMERS.from ? 0 : recent.length - headOf(recent, time, lengthMs),
  );
}

function headOf(recent: readonly Newcomer[], time: number, lengthMs: number): number {
  let low = 0;
  let high = recent.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((recent[middle] as Newcomer).time <= time - lengthMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a window may hold of them: the least that is told, and well above what is usual here in such a window and on whole days. */
export function newcomersLimit(index: number, { expected }: NewcomersUsual, setting: Setting): number {
  const { multiple } = HORIZONS[index] as (typeof HORIZONS)[number];
  const own = Math.max(
    NEWCOMERS.multiple * multiple * (expected[index] ?? 0),
    NEWCOMERS.days * (expected.at(-1) as number),
  );
  return Math.max((NEWCOMERS.floors[index] as number) * setting.volumeThreshold, own * setting.baselineMultiple);
}

/**
 * The first window that holds too many of them, from many domains or made by numbers in two forms or more; -1 for none. Behind a
 * flood of the same mailbox those of a few domains are many enough: whoever comes back comes by another way. `refused`: senders that
 * were turned away in each window.
 */
export function crowdedWindow(
  newcomers: Newcomers,
  time: number,
  usual: () => NewcomersUsual,
  setting: Setting,
  afterFlood = false,
  refused: readonly number[] = [],
): number {
  // Refused ones count as many again at most.
  if (2 * newcomers.recent.length < LEAST_FLOOR * setting.volumeThreshold) return -1;
  const accepted = newcomersIn(newcomers, time);
  const counts = refused.length === 0 ? accepted : together(accepted, refused);
  const isOver = (index: number, limit: number): boolean => (counts[index] as number) >= limit;
  if (!counts.some((_, index) => isOver(index, (NEWCOMERS.floors[index] as number) * setting.volumeThreshold)))
    return -1;
  const here = usual();
  if (!here.known) return -1;
  return counts.findIndex(
    (_, index) =>
      isOver(index, newcomersLimit(index, here, setting)) &&
      (afterFlood || hasManyDomains(newcomers, time, index) || isMadeByNumbers(newcomers, time, index)),
  );
}

const LEAST_FLOOR = Math.min(...NEWCOMERS.floors);

/** How many of them came within the last day. */
export const newcomersToday = ({ recent }: Newcomers, time: number): number =>
  recent.length - headOf(recent, time, HORIZON_MAX_MS);

/** So many of them within the last day, and from many domains. */
export const isManyToday = (newcomers: Newcomers, time: number, least: number): boolean =>
  newcomers.recent.length >= least &&
  newcomersToday(newcomers, time) >= least &&
  hasManyDomains(newcomers, time, HORIZONS.length - 1);

function hasManyDomains({ recent }: Newcomers, time: number, index: number): boolean {
  const { lengthMs } = HORIZONS[index] as (typeof HORIZONS)[number];
  const domains = new Set<string>();
  for (let i = recent.length - 1; i >= 0; i--) {
    const { time: came, domain } = recent[i] as Newcomer;
    if (came <= time - lengthMs) return false;
    domains.add(domain);
    if (domains.size >= NEWCOMERS.domains) return true;
  }
  return false;
}

/** A provider's name proves nothing, nor do people who share it: these have no names of their own. */
function isMadeByNumbers({ recent }: Newcomers, time: number, index: number): boolean {
  const from = headOf(recent, time, (HORIZONS[index] as (typeof HORIZONS)[number]).lengthMs);
  const shapes = new Map<string, number>();
  for (let i = from; i < recent.length; i++) {
    const each = recent[i] as Newcomer;
    if (each.shape === '') each.shape = shapeOf(each.sender);
    shapes.set(each.shape, (shapes.get(each.shape) ?? 0) + 1);
  }
  return formsOf(shapes, recent.length - from) !== null;
}

/** Who came through within the day, of those nobody knew. */
export const sendersOf = ({ recent }: Newcomers): ReadonlySet<string> => new Set(recent.map(each => each.sender));
