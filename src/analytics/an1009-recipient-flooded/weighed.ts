import type { TunableMet } from '../../events/finding.ts';
import type { FactorName } from '../factors.ts';

/** A factor before the story's steps are told: `tell` adds which of them show it. */
export interface Weighed {
  readonly name: FactorName;
  readonly weight: number;
  readonly evidence: string;
  readonly tunable?: TunableMet;
}
