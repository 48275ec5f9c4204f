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
    kind: 'number plus one',
    text: '.slice(0, ',
    why: 'where a long list or text is cut for the page',
  },
];
