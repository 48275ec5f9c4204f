import { baseName } from '../core/paths.ts';

/** A mailbox in a spool that a mail server keeps in a form of its own. */
interface ServerStore {
  readonly box: string;
  readonly owner: string;
  readonly kind: 'client-store';
}

/** Partitions of Cyrus IMAP: Debian's, and imapd.conf(5)'s own example, which other distributions have. */
export const CYRUS = ['/var/spool/cyrus/', '/var/spool/imap/'];

/**
 * Cyrus keeps a folder for each mailbox, a file `<uid>.` for each message in it, and the headers of all in `cyrus.cache`; the other
 * `cyrus.` files hold no mail. `.../c/user/clerk/Sent/3.` names its user, `.../uuid/2/k/2kzw.../3.` does not. Source: Cyrus IMAP, "Mail
 * Spool Partitions" and "Mailbox File Format" of its documentation.
 */
export function cyrusStore(path: string, rest: string): ServerStore | null {
  const name = baseName(path);
  if (!/^\d{1,10}\.$/.test(name) && name !== 'cyrus.cache') return null;
  const parts = rest.split('/');
  const at = parts.indexOf('user');
  const owner = at >= 0 && at < parts.length - 2 ? (parts[at + 1] ?? '') : '';
  return { box: path.slice(0, -name.length - 1), owner, kind: 'client-store' };
}

/**
 * Dovecot's own formats keep a mailbox in files below its folder, `storage/m.<number>` and `mailboxes/<name>/dbox-Mails/u.<number>`;
 * what is being written lies there under other names. Source: Dovecot, "dbox" of its documentation.
 */
const DBOX = /\/(?:alt-)?(?:storage\/[^/]*$|mailboxes\/(?:[^/]*$|.*\/dbox-Mails\/))/;

/** The folder of such a mailbox, '' for any other file; the spool's own name ends at `from`. */
export function dboxOf(path: string, from: number): string {
  const at = DBOX.exec(path.slice(from))?.index ?? 0;
  return at > 0 ? path.slice(0, from + at) : '';
}
