import type { EpochMs } from '../core/time.ts';

/** A login: which program opened it, for whom, from where. */
export interface Session {
  readonly program: string;
  readonly user: string;
  readonly address: string;
  readonly time: EpochMs;
  /** sudo(8) or su(1) opened one for another account within it, which may have a terminal of its own. */
  readonly within: boolean;
}
