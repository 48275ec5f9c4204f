import type { MailJudged } from '../../events/mail-events.ts';

/** Results of RFC 7208, 2.6, in lower case. */
export const SPF_RESULTS: ReadonlyMap<string, MailJudged['verdict']> = new Map([
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['softfail', 'neutral'],
  ['neutral', 'neutral'],
  ['none', 'neutral'],
  ['temperror', 'error'],
  ['permerror', 'error'],
]);
