import type { Send, SendJob } from './send.ts';

/** From so many on, sends without a terminal have a rhythm. */
const SERIES_MIN = 3;
const LATE = 2;

/**
 * A line that its person leaves to itself begins while the terminal is still there, and goes on without: what it sent first is of the
 * same series. It is known by the session, the program, the recipients and the rhythm. Jobs as they are judged, in their order.
 */
export function withFirstSends(jobs: readonly SendJob[]): readonly SendJob[] {
  const byKey = new Map(jobs.map(job => [job.key, job]));
  const joined = new Map<SendJob, SendJob>();
  for (const job of jobs) {
    const attended = job.context === 'unattended' ? byKey.get(attendedKey(job.key)) : undefined;
    const first = attended === undefined ? [] : firstOf(attended.sends, job.sends);
    if (attended === undefined || first.length === 0) continue;
    const isLater = job.rootTime > (first[0] as Send).time;
    const { rootPid, rootTime, rootRef } = isLater ? attended : job;
    joined.set(job, { ...job, rootPid, rootTime, rootRef, sends: [...first, ...job.sends] });
    joined.set(attended, { ...attended, sends: attended.sends.filter(each => !first.includes(each)) });
  }
  return joined.size === 0 ? jobs : jobs.map(job => joined.get(job) ?? job);
}

/** The same login and program, at a terminal; see `decisionOn`. */
const attendedKey = (key: string): string => key.replace(/^([^\0]*\0[^\0]*\0)unattended /, '$1interactive ');

function firstOf(attended: readonly Send[], series: readonly Send[]): Send[] {
  const [head] = series;
  if (head === undefined || series.length < SERIES_MIN) return [];
  const gaps = series.slice(1).map(({ time }, i) => time - (series[i] as Send).time);
  const usual = gaps.sort((a, b) => a - b)[gaps.length >> 1] as number;
  const found: Send[] = [];
  let next = head;
  // What its person types meanwhile, or after, is none of it and ends nothing.
  const before = attended.filter(each => each.time <= head.time && isAlike(each, head));
  for (const each of before.reverse()) {
    if (next.time - each.time > LATE * usual) break;
    found.unshift(each);
    next = each;
  }
  return found;
}

const isAlike = (one: Send, other: Send): boolean =>
  one.command === other.command || (one.recipients.length > 0 && listOf(one) === listOf(other));
const listOf = ({ recipients }: Send): string => [...recipients].sort().join(' ');
