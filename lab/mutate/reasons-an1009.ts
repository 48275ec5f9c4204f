import type { Reason } from './reasons.ts';

const FALLBACK =
  'what the type asks for where nothing is missing: every window, sender and factor that is looked up is there';
const ORDER = 'only the sign of what compares two counts, and no two are equal in it';

/** Of AN1009, one file: see REASONS. */
export const REASONS_AN1009: readonly Reason[] = [
  {
    file: 'an1009-recipient-flooded/shape.ts',
    kind: 'moved boundary',
    text: 'from > at',
    why: 'what is looked for begins with a letter of a name, and at that place stands the @',
  },
  {
    file: 'an1009-recipient-flooded/run.ts',
    kind: 'operand of || is false',
    text: "notice.owner === ''",
    why: 'memory only: files of nobody would be kept for a mailbox without a name, which gets no message',
  },
  ...["'OldMailMinutes', 15", "'BaselineMultiple', 1"].map(
    (text): Reason => ({
      file: 'an1009-recipient-flooded/run.ts',
      kind: 'number plus one',
      text,
      why: "the analytic's own default stands before it wherever a run has tunables",
    }),
  ),
  ...[
    'peaks[',
    'expected[',
    'tally.shapes.get(',
    "name === 'volume')?.weight ?? 0",
    '?.floor ?? 1',
    '?.weight ?? 30',
    'attachments)?.count ?? 0',
    '?.seen ?? 0',
  ].map((text): Reason => ({ file: 'an1009', kind: 'number plus one', text, why: FALLBACK })),
  ...[
    'a.id < b.id',
    'a.queueId < b.queueId',
    'a[0] < b[0]',
    'a.name < b.name',
    'a.key < b.key',
    'key < best.key',
  ].flatMap((text): Reason[] => [
    { file: 'an1009', kind: 'number plus one', text, why: ORDER },
    { file: 'an1009', kind: 'moved boundary', text, why: ORDER },
  ]),
  ...['tell.ts', 'repetition.ts', 'run.ts'].map(
    (file): Reason => ({
      file: `an1009-recipient-flooded/${file}`,
      kind: 'number plus one',
      text: '-1',
      why: `${ORDER}; or the uid of nobody, below zero`,
    }),
  ),
  {
    file: 'an1009-recipient-flooded/watch.ts',
    kind: 'number plus one',
    text: '-1',
    why: 'an hour or a day that never was',
  },
  { file: 'an1009', kind: '', text: 'factor.weight > 0', why: 'a factor weighs ten or more, or takes away' },
  {
    file: 'an1009-recipient-flooded/judge.ts',
    kind: 'number plus one',
    text: 'sum + factor.weight, 0',
    why: 'points and their limits are multiples of five',
  },
  {
    file: 'an1009-recipient-flooded/judge.ts',
    kind: 'moved boundary',
    text: 'severityRank(a) < severityRank(b)',
    why: 'of equals either is the same',
  },
  {
    file: 'an1009-recipient-flooded/judge.ts',
    kind: 'number plus one',
    text: 'i = 0',
    why: 'one arrival is no burst by itself',
  },
  ...['i < sent.times.length', 'i < counts.length'].map(
    (text): Reason => ({ file: 'an1009', kind: 'moved boundary', text, why: 'one past the end nothing is' }),
  ),
  {
    file: 'an1009-recipient-flooded/connections.ts',
    kind: 'number plus one',
    text: 'TIMES_MAX - 1',
    why: 'a bound on memory',
  },
  {
    file: 'an1009-recipient-flooded/callers.ts',
    kind: 'number plus one',
    text: 'times.length - 1',
    why: 'a bound on memory: which of very many times is let go',
  },
  {
    file: 'an1009-recipient-flooded/tally.ts',
    kind: 'number plus one',
    text: 'RARE_MAX >> 1',
    why: 'a bound on memory',
  },
  {
    file: 'an1009-recipient-flooded/tally.ts',
    kind: 'moved boundary',
    text: '<= FEW',
    why: 'a bound on memory: which of very many are let go',
  },
  ...['count = 0', 'count += 1', 'excess', 'SAMPLES_MAX >> 3', 'cut - count', 'recentGrowth', 'GROWTH_MAX >> 2'].map(
    (text): Reason => ({
      file: 'an1009-recipient-flooded/watch.ts',
      kind: '',
      text,
      why: 'speed and memory only: when what no window holds any more is let go',
    }),
  ),
  ...['count: 0', 'here.count += 1'].map(
    (text): Reason => ({
      file: 'an1009-recipient-flooded/copies.ts',
      kind: 'number plus one',
      text,
      why: 'counted alike for each mailbox, and compared with each other only',
    }),
  ),
  ...['copies.ts', 'twins.ts'].map(
    (file): Reason => ({
      file: `an1009-recipient-flooded/${file}`,
      kind: 'number plus one',
      text: 'most = 0',
      why: 'what is there is one or more',
    }),
  ),
  {
    file: 'an1009-recipient-flooded/outgoing.ts',
    kind: '',
    text: 'event.recipientCount < 0',
    why: 'no recipients add nothing, and are of nobody',
  },
  {
    file: 'an1009-recipient-flooded/outgoing.ts',
    kind: 'operand of && is true',
    text: "message.sender !== ''",
    why: 'a mailbox without a name is none',
  },
  {
    file: 'an1009-recipient-flooded/repetition.ts',
    kind: '',
    text: 'LARGE_BYTES',
    why: 'sizes are told in steps of 64 bytes, and no step is there',
  },
  {
    file: 'an1009-recipient-flooded/newcomers.ts',
    kind: 'dropped filter',
    text: 'isOver(index, (NEWCOMERS.floors[index] as number)',
    why: 'speed only: no window holds the least that is told, and what is usual need not be asked for',
  },
  {
    file: 'an1009-recipient-flooded/shape.ts',
    kind: 'number plus one',
    text: 'Math.max(0, 8 - head',
    why: 'only the first four groups are of the network',
  },
  {
    file: 'an1009-recipient-flooded/sample.ts',
    kind: 'number plus one',
    text: 'at + 1',
    why: 'no label of a name is empty',
  },
  {
    file: 'an1009-recipient-flooded/volume.ts',
    kind: 'number plus one',
    text: 'from: 0',
    why: 'a burst is one because a window holds its limit or more',
  },
  {
    file: 'an1009-recipient-flooded/advice.ts',
    kind: '',
    text: 'held.skewMs > 0',
    why: 'it is told when it is more than a minute, before or after',
  },
  {
    file: 'an1009-recipient-flooded/advice.ts',
    kind: 'number plus one',
    text: 'SKEW_MS = ',
    why: 'a millisecond more is no other claim',
  },
  {
    file: 'an1009-recipient-flooded/changes.ts',
    kind: 'dropped filter',
    text: "factor.name === 'volume'",
    why: 'the volume is the first factor',
  },
  {
    file: 'an1009-recipient-flooded/acquaintances.ts',
    kind: 'number plus one',
    text: 'pair.peakToday = 0',
    why: 'the message at hand makes it one at once',
  },
  {
    file: 'an1009-recipient-flooded/run.ts',
    kind: 'operand of || is false',
    text: "notice.kind !== 'store.written'",
    why: 'for the type: no other notice is asked for',
  },
  ...['growth.last !== null', 'held.first !== null'].map(
    (text): Reason => ({
      file: 'an1009-recipient-flooded/tell.ts',
      kind: 'operand of && is true',
      text,
      why: 'for the type: where there is a first there is a last',
    }),
  ),
  {
    file: 'an1009-recipient-flooded/watch.ts',
    kind: '',
    text: 'over < 0',
    why: 'a short window cannot be full where a longer one is nearly empty',
  },
];
