import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The repository's root, without a slash at the end. */
export const ROOT = join(import.meta.dirname, '..', '..');

const NEVER = new Set(['node_modules', '.git', 'dist']);

/** Every file below `root/folder`, as sorted paths from `root` with forward slashes. A folder that is absent has none. */
export function filesUnder(folder: string, root: string = ROOT): string[] {
  const found: string[] = [];
  const visit = (at: string): void => {
    for (const entry of readEntries(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!NEVER.has(entry.name)) visit(path);
      } else if (entry.isFile()) found.push(relative(root, path).replaceAll('\\', '/'));
    }
  };
  visit(join(root, folder));
  return found.sort();
}

/** Names of the folders directly inside `root/folder`, sorted. */
export function foldersIn(folder: string, root: string = ROOT): string[] {
  return readEntries(join(root, folder))
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

function readEntries(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
