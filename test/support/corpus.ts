import fc from 'fast-check';
import { linesOf, recordedLogs } from './recordings.ts';

/** Lines of one recorded log, and which format it is for. */
export interface Corpus {
  readonly name: string;
  readonly content: Buffer;
  readonly lines: readonly Buffer[];
}

/** The recorded logs that `mine` claims, at most `logsMax`, spread over the recordings. */
export function corpusOf(mine: (sample: Buffer) => boolean, logsMax: number): Corpus[] {
  const logs = recordedLogs().filter(log => log.content.length > 0 && mine(log.content.subarray(0, 65_536)));
  const step = Math.max(1, Math.floor(logs.length / logsMax));
  return logs
    .filter((_, index) => index % step === 0)
    .slice(0, logsMax)
    .map(log => ({ ...log, lines: linesOf(log.content) }));
}

const NASTY = [
  '\0',
  '\x1b[31m',
  '"',
  '=',
  '(',
  ')',
  '<',
  '>',
  '[',
  ']',
  '{',
  ' ',
  '\t',
  '\r',
  '\x1d',
  '-1',
  '99999999999999999999',
  '4294967295',
  '\u202e',
  '\ud83d\ude00',
  '%s%n',
  '../../..',
  'a'.repeat(5000),
].map(text => Buffer.from(text));

type Mutation =
  | { readonly how: 'cut'; readonly at: number }
  | { readonly how: 'flip'; readonly at: number; readonly byte: number }
  | { readonly how: 'insert'; readonly at: number; readonly piece: number }
  | { readonly how: 'remove'; readonly at: number; readonly length: number }
  | { readonly how: 'repeat'; readonly at: number; readonly length: number };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ how: fc.constant('cut' as const), at }),
  fc.record({ how: fc.constant('flip' as const), at, byte: fc.nat(255) }),
  fc.record({ how: fc.constant('insert' as const), at, piece: fc.nat(NASTY.length - 1) }),
  fc.record({ how: fc.constant('remove' as const), at, length: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ how: fc.constant('repeat' as const), at, length: fc.integer({ min: 1, max: 40 }) }),
);

function mutated(line: Buffer, change: Mutation): Buffer {
  const where = Math.floor(change.at * line.length);
  const [before, behind] = [line.subarray(0, where), line.subarray(where)];
  switch (change.how) {
    case 'cut':
      return before;
    case 'flip':
      return Buffer.concat([before, Buffer.from([change.byte]), behind.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, NASTY[change.piece] as Buffer, behind]);
    case 'remove':
      return Buffer.concat([before, behind.subarray(change.length)]);
    case 'repeat':
      return Buffer.concat([before, behind.subarray(0, change.length), behind]);
  }
}

/** Real lines, some of them damaged, and now and then plain noise. Never holds a line feed. */
export function hostileLines(lines: readonly Buffer[]): fc.Arbitrary<Buffer[]> {
  const noise = fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes));
  const damaged = fc
    .tuple(fc.nat(Math.max(0, lines.length - 1)), fc.array(mutation, { maxLength: 3 }))
    .map(([index, changes]) => changes.reduce(mutated, lines[index] ?? Buffer.alloc(0)));
  return fc
    .array(fc.oneof({ arbitrary: damaged, weight: 9 }, { arbitrary: noise, weight: 1 }), { maxLength: 60 })
    .map(many => many.map(line => Buffer.from(line.filter(byte => byte !== 10))));
}
