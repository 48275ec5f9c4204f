import type { Cost } from './measure.ts';

/** One measured command, or one that could not be. */
export interface Entry {
  readonly name: string;
  readonly command: string;
  /** Null when the program is not installed. */
  readonly cost: Cost | null;
}

export interface Results {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryBytes: number;
    readonly node: string;
  };
  readonly file: {
    readonly bytes: number;
    readonly lines: number;
    readonly events: number;
    readonly spanHours: number;
    readonly attacks: number;
  };
  readonly entries: readonly Entry[];
  readonly memory: readonly { readonly bytes: number; readonly peakBytes: number; readonly cpuSeconds: number }[];
  /** A full scan of a mail log; the other is null where it is not installed. */
  readonly mail: {
    readonly bytes: number;
    readonly messages: number;
    readonly mailboxes: number;
    readonly cost: Cost;
    readonly pflogsumm: Cost | null;
  };
  readonly oneLine: { readonly bytes: number; readonly cost: Cost };
  readonly startMs: number;
}

export const OURS = 'watchpost scan';

const mb = (bytes: number): string => (bytes / 1e6).toFixed(0);
const mib = (bytes: number): string => `${(bytes / 1048576).toFixed(0)} MiB`;

/** The results as a page: the same table on the terminal and in bench/RESULTS.md. */
export function pageOf(results: Results): string {
  const { machine, file, entries } = results;
  const ours = entries.find(entry => entry.name === OURS)?.cost;
  const rows = entries.map(({ name, cost }) => {
    if (cost === null) return [name, 'NOT INSTALLED HERE', '', '', '', '', ''];
    const ratio = ours && cost !== ours ? `${(cost.cpuSeconds / ours.cpuSeconds).toFixed(2)} ×` : '1';
    // Below a hundredth of a second the clock of the kernel's accounting is too coarse to divide by.
    const rate = (amount: number): string =>
      cost.cpuSeconds < 0.01 ? '' : Math.round(amount / cost.cpuSeconds).toLocaleString('en');
    return [
      name,
      cost.cpuSeconds.toFixed(2),
      cost.wallSeconds.toFixed(2),
      ratio,
      rate(file.bytes / 1e6),
      rate(file.events),
      `${mib(cost.peakBytes)}${cost.exitCode === 0 ? '' : `, exit ${cost.exitCode}`}`,
    ];
  });
  const memory = results.memory.map(each => `${mb(each.bytes)} MB: ${mib(each.peakBytes)}`).join('; ');
  const { oneLine, mail } = results;
  const beside =
    mail.pflogsumm === null
      ? '`pflogsumm` is not installed here'
      : `\`pflogsumm\` ${mail.pflogsumm.cpuSeconds.toFixed(2)} s (${(mail.pflogsumm.cpuSeconds / mail.cost.cpuSeconds).toFixed(2)} × ours), ${mib(mail.pflogsumm.peakBytes)}`;
  return `# Measured speed

One core (\`taskset -c 0\`), the file in the page cache, output read and dropped, cheapest of the runs.
Machine: ${machine.cpu}, ${machine.cores} cores, ${mib(machine.memoryBytes)} memory, Node ${machine.node}.
File: ${mb(file.bytes)} MB of enriched audit log, ${file.lines.toLocaleString('en')} lines, ${file.events.toLocaleString('en')} events over ${file.spanHours.toFixed(1)} hours, made from the recordings in \`src/analytics/*/cases\` with ${file.attacks} attacks among everyday work.
"Against ours" is the CPU time of the other divided by that of a full scan with all analytics on.

${table(['command', 'CPU s', 'wall s', 'against ours', 'MB/CPU s', 'events/CPU s', 'peak memory'], rows)}

- Peak memory by size of the input: ${memory}.
- Full scan of a Postfix log, ${mb(mail.bytes)} MB, ${mail.messages.toLocaleString('en')} messages into ${mail.mailboxes.toLocaleString('en')} mailboxes: ${mail.cost.cpuSeconds.toFixed(2)} s CPU, ${mib(mail.cost.peakBytes)}; ${beside}.
- One line of ${mb(oneLine.bytes)} MB without an end: ${oneLine.cost.cpuSeconds.toFixed(2)} s CPU, ${mib(oneLine.cost.peakBytes)}, exit code ${oneLine.cost.exitCode}.
- \`watchpost --version\`, from start to end: ${results.startMs.toFixed(0)} ms.
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => (row[i] as string).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
