import { baseName, dirName } from '../../core/paths.ts';
import type { StoreForm } from './recognise.ts';

/** Where a file stands in a mail store, by its name in the evidence. */
export interface StorePlace {
  /** The store: an mbox's own name, the root of a Maildir, dbox or client's account. */
  readonly box: string;
  /** Folder in it as a person names it, parts joined by `/`; '' for the inbox and for a store without folders. */
  readonly folder: string;
  /** Whose layout it is; '' for one that many programs share. */
  readonly client: 'thunderbird' | 'evolution' | 'kmail' | 'dovecot' | '';
  /** Still being delivered. */
  readonly temporary: boolean;
}

/** Tells whether a name is the root of a Maildir of the evidence: it has `cur`, `new` or `tmp` with something in it. */
export type IsRoot = (name: string) => boolean;

/**
 * Layouts of well-known programs.
 *
 *   Maildir++    ROOT/{cur,new,tmp}/NAME   ROOT/.Folder.Sub/{cur,new,tmp}/NAME
 *   dbox         ROOT/mailboxes/FOLDER/dbox-Mails/u.N   ROOT/storage/m.N
 *   Thunderbird  .../{Mail,ImapMail}/ACCOUNT/Folder.sbd/Sub   the same with {cur,tmp} below
 *   Evolution    .../evolution/mail/local/.Folder/cur/NAME   .../evolution/mail/ACCOUNT/folders/FOLDER/cur/XX/UID
 *   KMail        .../local-mail/.Folder.directory/Sub/cur/NAME   .../akonadi/file_db_data/NN/ID_rREV
 *
 * Source: Dovecot's documentation of its mailbox formats, maildir(5), and the programs' own documentation (see converted/README.md).
 */
export function placeOf(name: string, form: StoreForm, isRoot: IsRoot): StorePlace {
  const account = accountPlace(name);
  if (form === 'maildir' || account?.client === 'evolution') {
    const leaf = baseName(dirName(name));
    // Evolution's cache has one folder more, of two hex digits.
    const above = leaf === 'cur' || leaf === 'new' || leaf === 'tmp' ? dirName(name) : dirName(dirName(name));
    const root = dirName(above);
    const temporary = leaf === 'tmp';
    if (account !== null) return { ...account, folder: folderOf(root, account.box), temporary };
    const isSub = baseName(root).startsWith('.') && isRoot(dirName(root));
    return {
      box: isSub ? dirName(root) : root,
      folder: isSub ? baseName(root).slice(1).split('.').join('/') : '',
      client: '',
      temporary,
    };
  }
  if (form === 'dbox') return dboxPlace(name);
  if (account !== null) {
    // Akonadi's payload files are numbered through: their folders mean nothing.
    const folder = account.box.endsWith('/file_db_data') ? '' : folderOf(name, account.box);
    return { ...account, folder, temporary: false };
  }
  // A message a file, named by numbers (MH) or not: the folder is the store.
  const isAlone = form === 'eml' || /^\d+$/.test(baseName(name));
  return { box: isAlone ? dirName(name) : name, folder: '', client: '', temporary: false };
}

/** `ROOT/mailboxes/Archive/2026/dbox-Mails/u.1`; messages of mdbox lie apart from folders, which the metadata names. */
function dboxPlace(name: string): StorePlace {
  const parts = name.split('/');
  const at = parts.lastIndexOf('mailboxes');
  const end = parts.lastIndexOf('dbox-Mails');
  const storage = parts.lastIndexOf('storage');
  if (at >= 0 && end > at) {
    const folder = parts.slice(at + 1, end).join('/');
    return { box: parts.slice(0, at).join('/'), folder: inbox(folder), client: 'dovecot', temporary: false };
  }
  const box = storage > 0 && storage === parts.length - 2 ? parts.slice(0, storage).join('/') : dirName(name);
  return { box, folder: '', client: 'dovecot', temporary: false };
}

export const inbox = (folder: string): string => (folder.toUpperCase() === 'INBOX' ? '' : folder);

const ACCOUNTS: readonly (readonly [client: StorePlace['client'], mark: string, parts: number])[] = [
  ['thunderbird', '/Mail/', 1],
  ['thunderbird', '/ImapMail/', 1],
  ['evolution', '/evolution/mail/', 1],
  ['kmail', '/local-mail/', 0],
  ['kmail', '/akonadi/file_db_data/', 0],
];

/** The account that a file of a client belongs to; null for a file elsewhere. */
function accountPlace(name: string): Omit<StorePlace, 'folder' | 'temporary'> | null {
  const path = `/${name}`;
  for (const [client, mark, depth] of ACCOUNTS) {
    const at = path.lastIndexOf(mark);
    if (at < 0) continue;
    // `Mail` is a common name: Thunderbird's lies in a profile, which is named by eight or more letters, a dot and more.
    if (client === 'thunderbird' && !/\/[a-z0-9]{4,16}\.[^/]+$/i.test(path.slice(0, at))) continue;
    let end = at + mark.length - 1;
    for (let i = 0; i < depth; i++) end = path.indexOf('/', end + 1);
    if (end > 0) return { box: path.slice(1, end), client };
  }
  return null;
}

/** The way from the account to the folder, without what programs put around the names. */
function folderOf(name: string, box: string): string {
  const parts = name
    .slice(box.length + 1)
    .split('/')
    .filter(part => part !== '' && part !== 'folders' && part !== 'subfolders')
    .map(part => part.replace(/\.sbd$/, '').replace(/^\.(.*)\.directory$/, '$1'))
    .flatMap(part => (part.startsWith('.') ? part.slice(1).split('.') : [part]));
  return inbox(parts.join('/'));
}
