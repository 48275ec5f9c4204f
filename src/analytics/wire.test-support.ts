import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { InventoryEntry } from '../config/config.ts';
import type { ScanReport } from '../engine/report.ts';
import type { Alert } from '../events/alert.ts';
import { type Settings, scanFolder } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A log under src/decoders, or a folder of them, that is laid beside the evidence. */
export interface Wire {
  readonly logs: readonly string[];
  readonly settings?: Settings;
  readonly inventory?: readonly InventoryEntry[];
  /** Names of the case's own files that are left out, such as `mail.log.gz`. */
  readonly without?: readonly string[];
}

/** The real scan over a recorded case with what a sensor on the wire logged beside it. */
export async function scanBeside(folder: string, wire: Wire): Promise<ScanReport> {
  const target = mkdtempSync(join(tmpdir(), 'watchpost-wire-'));
  const without = new Set(wire.without ?? []);
  try {
    if (folder !== '')
      cpSync(folder, target, { recursive: true, filter: source => !without.has(source.slice(folder.length + 1)) });
    wire.logs.forEach((log, index) => {
      const name = log.split('/').at(-1) as string;
      cpSync(join(ROOT, 'src/decoders', log), join(target, `wire${index}`, name), { recursive: true });
    });
    return await scanFolder(target, wire.settings, wire.inventory);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

export const SURICATA = (name: string): string => `suricata/recordings/${name}/eve.json.gz`;

/** Stories in words, for messages of failed tests and for looking at them. */
export const toldOf = (alert: Alert): string =>
  [
    `${alert.analytic} ${alert.severity}: ${alert.title}`,
    alert.story,
    ...alert.steps.map(step => `  ${step.time} ${step.kind} ${step.summary}`),
    ...alert.factors.map(each => `  ${each.weight} ${each.name}: ${each.evidence}`),
    ...alert.missing.map(each => `  - ${each}`),
    ...alert.entities.map(each => `  ${each.kind}=${each.value}`),
  ].join('\n');
