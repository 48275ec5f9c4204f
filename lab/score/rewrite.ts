import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesUnder } from '../../scripts/lib/tree.ts';
import { contentOf } from '../../test/support/recordings.ts';

/** What stands in a recording instead of what: as text, and as audit writes texts in hexadecimal. */
export type Words = ReadonlyMap<string, string>;

const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();

/** The evidence of a recorded case with other words in it, unpacked, in `target`. Nothing else changes. */
export function rewrite(folder: string, words: (content: string) => Words, target: string): void {
  const files = filesUnder('', folder).filter(file => !file.endsWith('truth.json'));
  const contents = files.map(file => contentOf(join(folder, file)).toString('latin1'));
  const replaced = words(contents.join('\n'));
  files.forEach((file, i) => {
    const path = join(target, relative(folder, join(folder, file)).replace(/\.gz$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, inOtherWords(contents[i] as string, replaced), 'latin1');
  });
}

function inOtherWords(content: string, words: Words): string {
  if (words.size === 0) return content;
  const plain = new RegExp([...words.keys()].map(literally).join('|'), 'g');
  const inHex = new Map([...words].map(([from, to]) => [hex(from), hex(to)]));
  const packed = new RegExp([...inHex.keys()].join('|'), 'g');
  return content
    .replace(plain, word => words.get(word) as string)
    .replace(/=[0-9A-F]{8,}/g, value => value.replace(packed, word => inHex.get(word) as string));
}

const literally = (text: string): string =>
  /^\w/.test(text) ? `(?<![A-Za-z])${escaped(text)}(?![A-Za-z])` : escaped(text);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
