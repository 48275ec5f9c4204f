import type { Break } from './mutants.ts';

/** A condition that no test notices and that stays, and why. Found again by its text, so that moving it changes nothing. */
export interface Reason {
  readonly file: string;
  readonly kind: Break;
  /** As the report shows it. */
  readonly text: string;
  readonly why: string;
}

export const REASONS: readonly Reason[] = [];
