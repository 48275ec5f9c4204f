import type { ScanReport } from '../engine/report.ts';

/** How files are named on a terminal: below the folder that all of them share, which is said once. */
export interface Names {
  /** With a slash at its end; '' when there is none. */
  readonly folder: string;
  short(name: string): string;
}

export function namesOf(report: ScanReport): Names {
  return sharedNames(report.sources.map(source => source.name));
}

export function sharedNames(names: readonly string[]): Names {
  const folder = sharedFolder(names);
  return { folder, short: name => (folder !== '' && name.startsWith(folder) ? name.slice(folder.length) : name) };
}

/** Length of the folder above the one that ends at `end`; 0 above the first. */
const folderBefore = (name: string, end: number): number => (end < 2 ? 0 : name.lastIndexOf('/', end - 2) + 1);

/** Only worth saying when there is more than one file, or the one has a folder that takes room. */
function sharedFolder(names: readonly string[]): string {
  const [first, ...rest] = names;
  if (first === undefined) return '';
  let end = first.lastIndexOf('/') + 1;
  for (const name of rest) {
    while (end > 0 && !name.startsWith(first.slice(0, end))) end = folderBefore(first, end);
  }
  return end > 1 ? first.slice(0, end) : '';
}
