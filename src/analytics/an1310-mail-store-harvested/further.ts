import { counted } from '../../core/counted.ts';
import { isoUtc } from '../../core/time.ts';
import type { Story } from '../story.ts';
import type { Further, HarvestCase, Transfer } from './case.ts';

const PIDS_MAX = 32;

/** A process is told of more than once, by its words and by its connections: it is one transfer. */
export function furtherWith(found: HarvestCase, transfer: Transfer): Further {
  const { further, transfers } = found;
  const { count = 0, pids = [] } = further ?? {};
  if (pids.includes(transfer.pid) || transfers.some(({ pid }) => pid === transfer.pid))
    return { count, last: transfer, pids };
  return { count: count + 1, last: transfer, pids: [...pids.slice(1 - PIDS_MAX), transfer.pid] };
}

/** Tells the last of them; what is said of all in the story, '' for none. */
export function tellFurther({ further, transfers }: HarvestCase, story: Story): string {
  if (further === null || further.count === 0) return '';
  const { taint, time } = further.last;
  if (taint !== null) story.taint(taint);
  const all = new Set(transfers.map(({ pid }) => pid)).size + further.count;
  return `; it went on until ${isoUtc(time)}, ${counted(all, 'transfer')} in all`;
}

/** How many transfers there were, for the measures; none where all are told. */
export const furtherMeasured = ({ further, transfers }: HarvestCase): Readonly<Record<string, number>> =>
  further === null || further.count === 0
    ? {}
    : { transfers: new Set(transfers.map(({ pid }) => pid)).size + further.count };
