import type { Measured } from './comparison.ts';
import type { FidelitySource } from './contract.ts';

/** A row as it stands in docs/fidelity.json: the last that was measured. */
export type FidelityRow = Omit<Measured, 'unexplained'>;
export type FidelityTable = Readonly<Record<string, FidelityRow>>;

export function rowFrom({ unexplained, ...row }: Measured): FidelityRow {
  if (unexplained.length > 0) throw new Error(`not explained:\n${unexplained.join('\n')}`);
  return row;
}

const ORIGINS = {
  others: "## Records of other projects\n\nRead in place, never copied; each project's own terms hold for them.",
  own: '## Recordings of this project\n\nMade with the real programs, beside what really happened, or converted from such recordings.',
} as const;

/** docs/fidelity.md from the figures of the last measurement. */
export function pageOf(sources: readonly FidelitySource[], table: FidelityTable): string {
  const parts = (Object.keys(ORIGINS) as (keyof typeof ORIGINS)[]).map(origin => {
    const rows = sources.filter(source => source.origin === origin).map(source => rowText(source, table[source.id]));
    const head = ['| what | records | as expected | left out | differ | against |', '|---|---:|---:|---:|---:|---|'];
    return `${ORIGINS[origin]}\n\n${[...head, ...rows].join('\n')}\n`;
  });
  return `${INTRO}\n${parts.join('\n')}\n${differencesOf(sources, table)}`;
}

const INTRO = `# How faithfully records are read

Written by \`npm run fidelity\` from \`test/fidelity\`; a test measures every row whose records are at hand and fails when a figure
is not the one below, or when a record differs for no reason that is told. Rows whose records are absent keep the last figure.
\`WATCHPOST_SAMPLES\` says where other projects' records lie.

*As expected*: every field that the expectation names came out the same. *Left out*: understood and of no use to any analytic, or
of a program that is not read. *Differ*: told otherwise, for a reason that stands below. Nothing else is allowed.
`;

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
const count = (value: number): string => value.toLocaleString('en-GB');

function rowText({ id, title, against }: FidelitySource, row: FidelityRow | undefined): string {
  if (row === undefined) return `| ${title} (\`${id}\`) | not measured yet | | | | ${against} |`;
  const counts = [row.records, row.exact, sum(row.leftOut), sum(row.differs)].map(count);
  return `| ${title} (\`${id}\`) | ${counts.join(' | ')} | ${against} |`;
}

function differencesOf(sources: readonly FidelitySource[], table: FidelityTable): string {
  const lines = sources.flatMap(({ id }) => {
    const row = table[id];
    if (row === undefined) return [];
    return [
      ...Object.entries(row.leftOut).map(
        ([reason, records]) => `| \`${id}\` | ${count(records)} | left out | ${reason} |`,
      ),
      ...Object.entries(row.differs).map(
        ([reason, records]) => `| \`${id}\` | ${count(records)} | differs | ${reason} |`,
      ),
    ];
  });
  return `## What is left out, and what differs\n\n| source | records | | why |\n|---|---:|---|---|\n${lines.join('\n')}\n`;
}
