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

/** Folders that are there on every host, or that programs keep their logs in: none is named after a host. */
const PLACES: ReadonlySet<string> = new Set(
  'etc home root var log logs mail spool srv opt usr tmp run audit exim exim4 dovecot postfix rspamd clamav amavis suricata zeek bro journal osquery auditbeat filebeat evidence config stores'.split(
    ' ',
  ),
);

/**
 * A folder beside one that is named after the host of the logs in it is named after a host as well: that name. '' when there is
 * none. So `mx2/mainlog` is not taken for a log of the only host that `mx1/mail.log` names.
 */
export function hostByLikeFolder(name: string, logs: readonly NamedHost[]): string {
  const parts = name.split('/').slice(0, -1);
  for (const log of logs) {
    if (log.host === '') continue;
    const [short] = log.host.split('.');
    const others = log.name.split('/').slice(0, -1);
    const at = others.findLastIndex(part => part === log.host || part === short);
    const like = at < 0 ? undefined : parts[at];
    if (like === undefined || PLACES.has(like)) continue;
    if (others.slice(0, at).every((part, i) => part === parts[i])) return like;
  }
  return '';
}

function folderOf(name: string): string {
  const folder = dirName(name);
  return folder === '/' && !name.startsWith('/') ? '' : folder;
}
