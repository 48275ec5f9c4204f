import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A private folder with all above it. Node's own way of making them tries for ever where a file system knows no new folders
 * and says that the one above is missing, as that of /proc does.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
