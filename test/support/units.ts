import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesUnder, ROOT } from '../../scripts/lib/tree.ts';

/** One thing exported at run time, and where. */
export interface Exported {
  readonly file: string;
  readonly name: string;
  readonly value: unknown;
}

/** Everything that the files of a folder export at run time; tests and cases left out. */
export async function exportsUnder(folder: string, root: string = ROOT): Promise<Exported[]> {
  const found: Exported[] = [];
  const files = filesUnder(folder, root).filter(
    file => file.endsWith('.ts') && !/\.(test|test-support|fixture)\.ts$/.test(file) && !file.includes('/cases/'),
  );
  for (const file of files) {
    const module = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) found.push({ file, name, value });
  }
  return found;
}

/** The first block comment before the export called `name`, or before any export when it is not found there. */
export function headerOf(file: string, name: string, root: string = ROOT): string {
  const text = readFileSync(join(root, file), 'utf8');
  const at = text.search(new RegExp(`export (const|function) ${name}\\b`));
  const end = text.lastIndexOf('*/', at);
  const start = text.lastIndexOf('/**', end);
  return at < 0 || end < 0 || start < 0 ? '' : text.slice(start, end);
}
