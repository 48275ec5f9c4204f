import type { Cost } from '../measure.ts';

export interface FormatResult {
  readonly id: string;
  readonly title: string;
  /** The decoder that recognised the input. */
  readonly format: string;
  readonly bytes: number;
  readonly events: number;
  readonly emitted: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly ours: Cost;
  readonly peer: string;
  /** Null where the other program is not installed. */
  readonly theirs: Cost | null;
}

/** bench/FORMATS.md. */
export function pageOf(results: readonly FormatResult[], machine: string): string {
  const head = [
    '| format | MB | events | rejected | CPU s | MB/s | events/s | peak MiB | beside | its CPU s | ratio |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|',
  ];
  return `${INTRO}\nMeasured on ${machine}.\n\n${[...head, ...results.map(rowText)].join('\n')}\n`;
}

const INTRO = `# How fast each format is decoded

Written by \`npm run bench -- formats\`. Each input is made of this repository's recordings of the format, round after round with other
times, processes, clients, senders and message ids (\`bench/formats/vary.ts\`), and decoded in full into events: no state, no analytic.
CPU seconds, user and system, of the whole command on one core, start included; of two runs the cheaper counts. *Beside*: another
program on the same file in the same run; the ratio says how many times our CPU time it takes, so more is better. \`jq -c .\` parses
and prints each record, \`pflogsumm\` sums up Postfix, and \`grep -c\` only looks for a word: no program of its kind can be faster.
Audit logs have a bench of their own: [RESULTS.md](RESULTS.md).
`;

const count = (value: number): string => value.toLocaleString('en-GB');

function rowText({ title, bytes, events, rejected, ours, peer, theirs }: FormatResult): string {
  const seconds = ours.cpuSeconds;
  const cells = [
    title,
    (bytes / 1e6).toFixed(0),
    count(events),
    count(rejected),
    seconds.toFixed(2),
    (bytes / 1e6 / seconds).toFixed(0),
    count(Math.round(events / seconds)),
    (ours.peakBytes / 2 ** 20).toFixed(0),
    theirs === null ? `${peer} (not installed)` : `\`${peer}\``,
    theirs === null ? '' : theirs.cpuSeconds.toFixed(2),
    theirs === null ? '' : (theirs.cpuSeconds / seconds).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}
