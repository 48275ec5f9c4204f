import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';
import { type FidelityTable, pageOf } from './page.ts';
import { FIDELITY_SOURCES } from './sources.ts';

/** One source after a run: what was measured, or why its last figure stands. */
export interface FidelityNote {
  readonly id: string;
  readonly text: string;
  readonly unexplained: readonly string[];
}

/**
 * Measures every source at hand and writes docs/fidelity.json and docs/fidelity.md. Absent ones keep their last figures, and
 * so do those with a record that differs for no known reason.
 */
export async function writeFidelity(): Promise<FidelityNote[]> {
  const file = join(ROOT, 'docs/fidelity.json');
  const before: FidelityTable = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FidelityTable) : {};
  const after: Record<string, FidelityTable[string]> = {};
  const notes: FidelityNote[] = [];
  for (const { id, skip, measure } of FIDELITY_SOURCES) {
    const last = before[id];
    if (last !== undefined) after[id] = last;
    if (skip !== false) {
      notes.push({ id, text: `the last figure stands: ${skip}`, unexplained: [] });
      continue;
    }
    const { unexplained, ...row } = await measure();
    if (unexplained.length === 0) after[id] = row;
    notes.push({ id, text: `${row.exact} of ${row.records}`, unexplained });
  }
  writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`);
  writeFileSync(join(ROOT, 'docs/fidelity.md'), pageOf(FIDELITY_SOURCES, after));
  return notes;
}
