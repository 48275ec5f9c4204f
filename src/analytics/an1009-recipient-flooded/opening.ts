import { coreOf } from './core.ts';
import type { Episode } from './episode.ts';
import type { Sample } from './sample.ts';
import { shapeOf } from './shape.ts';
import { topOf } from './tally.ts';

const TOLD_MAX = 3;
const MAINLY = 0.5;
/** A sender that no line told. */
const UNKNOWN = '?';

/**
 * The first messages of the flood. A burst begins with the window that was too full, and ordinary letters lie in that as well: what is
 * told as its beginning has what most of it has, or lies where it began.
 */
export function openingOf(episode: Episode): readonly Sample[] {
  const { tally } = episode;
  const belongs = belongingOf(episode);
  const own = tally.first.filter(belongs);
  return (own.length > 0 ? own : tally.first).slice(0, TOLD_MAX);
}

function belongingOf({ tally, arrivals }: Episode): (sample: Sample) => boolean {
  const least = MAINLY * tally.count;
  const main = topOf(tally.senders);
  if (main !== null && main.key !== UNKNOWN && main.count >= least) return ({ writer }) => writer === main.key;
  const shape = topOf(tally.shapes);
  if (shape !== null && shape.key !== UNKNOWN && shape.count >= least)
    return ({ sender }) => shapeOf(sender) === shape.key;
  const core = coreOf(arrivals, tally.count);
  return core === null ? () => true : ({ arrived }) => arrived >= core.first;
}
