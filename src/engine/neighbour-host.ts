import { dirName } from '../core/paths.ts';

/** A file of the evidence and the host that it names itself. */
export interface NamedHost {
  readonly name: string;
  readonly host: string;
}

/**
 * Of which host a file is that names none: of the one host that the logs nearest to it name. Nearest: below the innermost
 * folder around the file that holds any such log. Several there: nobody can tell, and '' says so.
 */
export function hostBeside(name: string, logs: readonly NamedHost[]): string {
  const known = logs.filter(log => log.host !== '');
  for (let folder = folderOf(name); ; folder = folderOf(folder)) {
    const prefix = folder === '' || folder === '/' ? folder : `${folder}/`;
    const hosts = new Set(known.filter(log => log.name.startsWith(prefix)).map(log => log.host));
    if (hosts.size > 0) return hosts.size === 1 ? ([...hosts][0] as string) : '';
    if (folder === '' || folder === '/') return '';
  }
}

/** Evidence of several hosts is kept in folders named after them: the innermost such folder around a file. '' when there is none. */
export function hostByFolder(name: string, hosts: ReadonlySet<string>): string {
  if (hosts.size === 0) return '';
  const parts = name.split('/').slice(0, -1);
  return parts.findLast(part => hosts.has(part)) ?? '';
}

function folderOf(name: string): string {
  const folder = dirName(name);
  return folder === '/' && !name.startsWith('/') ? '' : folder;
}
