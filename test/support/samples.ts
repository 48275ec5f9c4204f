import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';

/**
 * Where other projects' records lie, read in place and never copied: `$WATCHPOST_SAMPLES`, or `shared/data` beside the
 * checkout. `skip` is the reason to skip a test by when they are absent.
 */
export function samplesAt(...path: readonly string[]): { readonly folder: string; readonly skip: false | string } {
  const folder = join(process.env.WATCHPOST_SAMPLES ?? join(ROOT, '../shared/data'), ...path);
  return { folder, skip: existsSync(folder) ? false : `no samples at ${path.join('/')} (WATCHPOST_SAMPLES)` };
}
