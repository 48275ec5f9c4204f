import type { Break } from './mutants.ts';
import { REASONS_AN1009 } from './reasons-an1009.ts';

/** Conditions that no test notices and that stay, and why. Found again by their text, so that moving them changes nothing. */
export interface Reason {
  /** Part of the file's path from the root; '' for all. */
  readonly file: string;
  readonly kind: Break | '';
  /** Part of the text that the report shows. */
  readonly text: string;
  /** A number in that text of which it does not speak. */
  readonly unless?: string;
  readonly why: string;
}

export const REASONS: readonly Reason[] = [
  {
    file: 'an0380-scripted-mail-transmission/tell.ts',
    kind: 'operand of || is false',
    text: 'via === null',
    why: 'the type asks for it: where there is no process between there is no record of its start, which is asked next',
  },
  {
    file: 'an0380-scripted-mail-transmission/tell.ts',
    kind: 'operand of || is false',
    text: 'ref === null',
    why: 'the type asks for it: who runs a line or a script was seen to start it, so there is a record',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'operand of && is true',
    text: "context.kind === 'detached'",
    why: 'a job of another kind has another name, which tells it apart in the same key',
  },
  {
    file: '',
    kind: 'number plus one',
    text: '_MAX = ',
    why: 'a bound on memory: one more or less changes nothing that anybody is told',
  },
  {
    file: '',
    kind: 'moved boundary',
    text: '_MAX',
    why: 'a bound on memory: one more or less changes nothing that anybody is told',
  },
  {
    file: '',
    kind: 'operand of && is true',
    text: '_MAX',
    why: 'a bound on memory: without it more is kept, and the same is told until thousands of entries are held',
  },
  {
    file: '',
    kind: 'operand of || is false',
    text: '_MAX',
    why: 'a bound on memory: without it more is kept, and the same is told until thousands of entries are held',
  },
  {
    file: '',
    kind: 'number plus one',
    text: '_MAX * 4',
    why: 'a bound on memory',
  },
  {
    file: '',
    kind: 'number plus one',
    text: '/ 1000',
    why: 'milliseconds as seconds in a sentence, rounded',
  },
  {
    file: 'an0380',
    kind: 'number plus one',
    text: 'SUBMIT_',
    why: 'how far the clocks of two logs may lie apart: a millisecond more is no other claim',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'number plus one',
    text: 'depth = 0',
    why: 'how many generations above a sender are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'number plus one',
    text: 'depth < ',
    why: 'how many generations above a sender are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'moved boundary',
    text: 'depth < ',
    why: 'how many generations above a sender are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'operand of && is true',
    text: 'depth < ',
    why: 'how many generations above a sender are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an0380-scripted-mail-transmission/',
    kind: 'number plus one',
    text: 'findElder(process, ',
    why: 'how many generations above a sender are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an0380-scripted-mail-transmission/sends.ts',
    kind: 'negated condition',
    text: 'this.#hinted.size >= HINTED_MAX',
    why: 'a bound on memory of what only saves work: words that are not held are looked through again',
  },
  {
    file: 'an0380-scripted-mail-transmission/payload.ts',
    kind: 'operand of || is false',
    text: "!word.includes('@')",
    why: 'speed only: what has no @ has no part that is an address',
  },
  {
    file: 'an0380-scripted-mail-transmission/submission.ts',
    kind: 'number plus one',
    text: 'TAKEN_OVER_MS = ',
    why: 'how long after a message its next id may be logged: a millisecond more is no other claim',
  },
  {
    file: 'an0380-scripted-mail-transmission/submission.ts',
    kind: 'number plus one',
    text: 'firstTime - 1000',
    why: 'how far the lines of two programs of one MTA may lie apart: a millisecond more is no other claim',
  },
  {
    file: 'an0380-scripted-mail-transmission/outcome.ts',
    kind: 'number plus one',
    text: '-1',
    why: 'any number below zero asks submittedBetween for the submissions of every uid',
  },
  {
    file: 'an0380-scripted-mail-transmission/tell.ts',
    kind: 'number plus one',
    text: 'FATES_TOLD = ',
    why: 'how many recipients of one message are told: a long list is cut for the page',
  },
  {
    file: 'an0380-scripted-mail-transmission/wire-only.ts',
    kind: 'number plus one',
    text: 'alike: 0',
    why: 'how many other flows fit a connection: of a flow without a connection nobody asks it',
  },
  {
    file: 'an0321',
    kind: 'number plus one',
    text: 'AFTER_MS = 2000',
    why: 'how late a sensor may tell of a connection: a millisecond more is no other claim',
  },
  {
    file: 'an0321-nonenterprise-download-executed/analytic.ts',
    kind: '',
    text: 'times.length > 0',
    why: 'part of the bound on users whose fetches are remembered',
  },
  {
    file: 'an1310-mail-store-harvested/copies.ts',
    kind: 'operand of || is false',
    text: 'entry.copies.length < ENOUGH',
    why: 'speed only: fewer copies have fewer senders, and of fewer senders nothing is told',
  },
  {
    file: 'an1310-mail-store-harvested/cases.ts',
    kind: 'number plus one',
    text: 'ancestry(process, 4)',
    why: 'how many generations above a reader are looked at: a bound on work, and no recording has a longer line',
  },
  {
    file: 'an1310-mail-store-harvested/',
    kind: 'number plus one',
    text: '-1',
    why: 'the gap of a transfer that the data itself joins to the read: only gaps of transfers that time joins are told',
  },
  {
    file: '',
    kind: 'number plus one',
    text: '.slice(0, ',
    // Where it begins is no bound: that the first is told, a test says.
    unless: '0',
    why: 'where a long list or text is cut for the page',
  },
  ...REASONS_AN1009,
];
