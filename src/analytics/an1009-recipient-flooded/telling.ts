import type { World } from '../../state/world.ts';
import type { Episode } from './episode.ts';
import type { Judgement, Surroundings } from './judge.ts';
import type { WatchSetting } from './watch.ts';

/** All that a finding is told from. */
export interface Telling {
  readonly episode: Episode;
  readonly judgement: Judgement;
  readonly around: Surroundings;
  readonly world: World;
  readonly critical: boolean;
  readonly setting: WatchSetting;
}
