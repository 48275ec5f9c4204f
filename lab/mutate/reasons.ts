import type { Break } from './mutants.ts';

/** Conditions that no test notices and that stay, and why. Found again by their text, so that moving them changes nothing. */
export interface Reason {
  /** Part of the file's path from the root; '' for all. */
  readonly file: string;
  readonly kind: Break | '';
  /** Part of the text that the report shows. */
  readonly text: string;
  readonly why: string;
}

export const REASONS: readonly Reason[] = [
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
    file: 'an1310-mail-store-harvested/redirects.ts',
    kind: 'operand of || is false',
    text: 'this.entries.size === 0',
    why: 'speed only: without a redirection there is nothing to go through',
  },
  {
    file: '',
    kind: 'number plus one',
    text: '.slice(0, ',
    why: 'where a long list or text is cut for the page',
  },
];
