import { CLASS, classOfPath, isSystemPath } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import type { BoxRead, HarvestCase } from './case.ts';
import { isHidden } from './weigh.ts';

/** A file remembers the mail of so many readings; of more, the oldest are forgotten. */
const FILE_HOLDS = 4;

export interface Sent {
  /** The case with those boxes alone whose mail left. */
  readonly found: HarvestCase;
  /** Boxes that were read beside it: no way leads from them to what left. */
  readonly beside: readonly BoxRead[];
}

/**
 * Where reads and writes are recorded and each transfer was followed back to what was read, the other boxes did not leave with it: they
 * were read for something else (a search, an index). What one program read goes together, and so does what may have
 * been forgotten of a file.
 */
export function sentBoxes(found: HarvestCase, world: World): Sent {
  const { left, copied, transfers, printed } = found;
  const all = { found, beside: [] };
  const isFollowed = transfers.every(({ taint, disk }) => taint !== null && disk === '' && taint !== printed?.taint);
  if (left.length === 0 || left.length >= LEFT_MAX || !isFollowed || found.broad) return all;
  if (!world.seen(found.host, 'store:read') || !world.seen(found.host, 'file:written')) return all;
  const pids = new Set(left.map(({ pid }) => pid));
  const boxes = new Set(left.map(({ box }) => box));
  if (copied.size > FILE_HOLDS) for (const pid of copied.values()) pids.add(pid);
  const isSent = ({ box, pid }: BoxRead): boolean => boxes.has(box) || pids.has(pid);
  const reads = [...found.reads].filter(([, read]) => isSent(read));
  if (reads.length === 0 || reads.length === found.reads.size) return all;
  const beside = [...found.reads.values()].filter(read => !isSent(read));
  return { found: { ...found, reads: new Map(reads) }, beside };
}

/** What left is kept of so many readings; with more, nothing is said of the others. */
export const LEFT_MAX = 32;

const LETTERS_MAX = 3;
const MAILS = CLASS.sender | CLASS.mailClient;

/**
 * A person at a terminal picked a letter or a few of the own and mailed them to somebody: a phish to an abuse desk, an order to a
 * colleague. Whom it went to; '' for anything else.
 */
export function ownLettersMailed({ context, reads, left, transfers, staged, further }: HarvestCase): string {
  if (context !== 'interactive' || left.length === 0 || left.length > LETTERS_MAX || further !== null) return '';
  if (!left.every(({ few }) => few) || [...reads.values()].some(({ own }) => own !== true)) return '';
  const isMail = ({ program, destination }: HarvestCase['transfers'][number]): boolean =>
    isSystemPath(program) && (classOfPath(program) & MAILS) !== 0 && (destination === '' || isAddress(destination));
  if (!transfers.every(isMail)) return '';
  const isByOther = ({ pid }: HarvestCase['staged'][number]): boolean => transfers.every(each => each.pid !== pid);
  if (staged.some(each => isHidden(each.path) && isByOther(each))) return '';
  return transfers.find(({ destination }) => destination !== '')?.destination ?? '';
}

const isAddress = (word: string): boolean => /^[^@:/\s]+@[^@:/\s]+$/.test(word);
