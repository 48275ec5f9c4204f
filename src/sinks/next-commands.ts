import { shellWord } from './printable.ts';
import type { ScanView } from './scan-view.ts';
import { rejects } from './tally.ts';

/** What to type next, most useful first, with what it is good for. */
export function nextCommands(view: ScanView): { readonly command: string; readonly why: string }[] {
  const { report, alerts, evidence } = view;
  const next: { command: string; why: string }[] = [];
  const all = evidence.map(shellWord).join(' ');
  if (alerts.length > 0) {
    next.push({ command: `watchpost scan ${all} --format markdown -o report.md`, why: 'a report to hand over' });
  }
  const rejected = rejects(report.sources)[0];
  if (rejected) {
    next.push({
      command: `watchpost explain ${shellWord(rejected.example)} --rejects-only`,
      why: 'the lines that were not understood',
    });
  }
  const unknown = report.sources.find(source => source.format === '' && source.bytes > 0);
  if (unknown) {
    next.push({
      command: `watchpost explain ${shellWord(unknown.name)}`,
      why: 'why this file was recognised by nothing',
    });
  }
  const understood = report.sources.find(source => source.format !== '');
  if (next.length === 0 && understood) {
    next.push({ command: `watchpost explain ${shellWord(understood.name)}`, why: 'what was understood, line by line' });
  }
  if (understood === undefined) next.push({ command: 'watchpost scan --help', why: 'what evidence to collect' });
  return next;
}
