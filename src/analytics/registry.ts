import type { Analytic } from './contract.ts';

/** Every analytic there is. */
export const ANALYTICS_ALL: readonly Analytic[] = [];
