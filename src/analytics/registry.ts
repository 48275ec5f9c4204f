import { an0321 } from './an0321-nonenterprise-download-executed/analytic.ts';
import { an0380 } from './an0380-scripted-mail-transmission/analytic.ts';
import { an0656 } from './an0656-phishing-attachment-executed/analytic.ts';
import { an1009 } from './an1009-recipient-flooded/analytic.ts';
import { an1310 } from './an1310-mail-store-harvested/analytic.ts';
import type { Analytic } from './contract.ts';

/** Every analytic there is. */
export const ANALYTICS_ALL: readonly Analytic[] = [an0656, an0321, an1310, an0380, an1009];
