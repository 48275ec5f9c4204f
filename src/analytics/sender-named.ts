import { baseName } from '../core/paths.ts';
import type { Message } from '../state/mail/contract.ts';

/** Shorter words are in names by chance. */
const WORD_MIN = 5;

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(word => word.length >= WORD_MIN);

/**
 * Papers are called after whom they are from: a word of the file's name is one of the sender's address before the `@`. '' for none. A
 * hint only, where time alone would choose.
 */
export function sharedName({ sender, senderKnown }: Message, paths: readonly string[]): string {
  if (!senderKnown) return '';
  const own = new Set(wordsOf(sender.split('@')[0] ?? ''));
  return paths.flatMap(path => wordsOf(baseName(path))).find(word => own.has(word)) ?? '';
}
