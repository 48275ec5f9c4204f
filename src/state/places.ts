import { baseName } from '../core/paths.ts';
import { Prefixes } from '../core/prefixes.ts';
import { patternsOf } from './path-patterns.ts';
import { CYRUS, cyrusStore, dboxOf } from './server-stores.ts';

/**
 * What kind of place a path is. Text only; no file system is asked. Besides well-known places, structure counts: a Maildir
 * is known by `cur`/`new`/`tmp` and the form of its file names wherever it lies, and boxes that a delivery agent was seen
 * to write are learned (see stores.ts).
 */
export interface Place {
  /** The box (mbox file or Maildir root) when this is part of a mail store, else ''. */
  readonly box: string;
  /** Account named by the path itself (spool file name, /home/NAME), '' when it names none. */
  readonly owner: string;
  /** A client's private tree (profile, cache): what it writes there is bookkeeping, not a save. */
  readonly profile: boolean;
  /** Where people and clients put what came by mail or from the web. */
  readonly attachmentPlace: boolean;
  /** A mail client's own temporary place for opened attachments. */
  readonly clientTemporary: boolean;
  /** Runs later by itself when written: user unit, autostart, crontab, shell start-up file. */
  readonly startsLater: boolean;
  readonly kind: 'mbox' | 'maildir' | 'client-store' | 'other';
  /** Bits of MARK. */
  readonly marks: number;
}

const OTHER = {
  box: '',
  owner: '',
  profile: false,
  attachmentPlace: false,
  clientTemporary: false,
  startsLater: false,
  kind: 'other',
} as const;

export const NOWHERE: Place = { ...OTHER, marks: 0 };

export interface PlaceRules {
  /** Extra path patterns: a leading `~/` stands for any home; `*` stands for one path part. */
  readonly mailDirs: readonly string[];
  readonly attachmentPaths: readonly string[];
}

const SPOOLS = [
  '/var/mail/',
  '/var/spool/mail/',
  '/var/vmail/',
  '/var/spool/virtual/',
  '/home/vmail/',
  '/srv/mail/',
  '/srv/vmail/',
  '/var/spool/cyrus/',
  '/var/spool/imap/',
];
const HOME_STORES = [
  'Mail/',
  'mail/',
  '.mail/',
  'Maildir/',
  '.maildir/',
  '.local/share/local-mail/',
  '.local/share/evolution/mail/',
  '.evolution/mail/',
  '.thunderbird/',
  '.icedove/',
  '.claws-mail/',
  '.sylpheed/',
  '.local/share/akonadi/',
  '.local/share/geary/',
];
const STORE_FILES = ['mbox', 'Mailbox', '.mbox', 'mail.mbox'];
const PROFILES = [
  '.thunderbird/',
  '.icedove/',
  '.mozilla/',
  '.cache/',
  '.config/',
  '.local/share/',
  '.local/state/',
  '.pki/',
  '.gnupg/',
  '.dbus/',
  '.mailcap',
  '.mutt',
  '.neomutt',
  '.muttrc',
  '.var/app/',
  'snap/',
  '.telegram',
  '.TelegramDesktop/',
  '.purple/',
  '.mailrc',
  '.recently-used',
  '.bash_history',
  '.zsh_history',
  '.python_history',
  '.lesshst',
  '.w3m/',
  '.elinks/',
  '.links/',
  '.links2/',
  '.lynx',
  '.viminfo',
  '.wget-hsts',
  '.xsession-errors',
  '.Xauthority',
  '.ICEauthority',
  '.local/share/fish/',
];
const SAVES_IN_PROFILE = ['/Downloads/', '/Desktop/', '/Documents/', '/tmp/'];
const STARTERS = [
  '.config/systemd/user/',
  '.local/share/systemd/user/',
  '.config/autostart/',
  '.bashrc',
  '.bash_profile',
  '.profile',
  '.zshrc',
  '.xprofile',
  '.xsessionrc',
  '.config/fish/',
  '.bash_login',
  '.bash_aliases',
  '.bash_logout',
  '.zlogout',
  '.login',
  '.logout',
  '.cshrc',
  '.tcshrc',
  '.kshrc',
  '.mkshrc',
  '.zshenv',
  '.zlogin',
  '.zprofile',
  '.config/plasma-workspace/env/',
  '.forward',
  '.procmailrc',
];
const SYSTEM_STARTERS = [
  '/var/spool/cron/',
  '/etc/cron',
  '/etc/systemd/system/',
  '/etc/init.d/',
  '/etc/rc.local',
  '/etc/profile',
  '/var/spool/at/',
];

/** The part of a home path after the home, with its account: /home/NAME/…, /root/…; null elsewhere. */
export function splitHome(path: string): { account: string; home: string; rest: string } | null {
  if (path.startsWith('/root/')) return { account: 'root', home: '/root', rest: path.slice(6) };
  if (path.startsWith('/home/')) {
    const slash = path.indexOf('/', 6);
    if (slash < 0) return null;
    return { account: path.slice(6, slash), home: path.slice(0, slash), rest: path.slice(slash + 1) };
  }
  return null;
}

const SLASH = 47;

/** The folder above `cur`, `new` or `tmp`, when the name is a message's; '' when this is no such file. */
function maildirRoot(path: string): string {
  const slash = path.lastIndexOf('/');
  return isMessageAt(path, slash) ? path.slice(0, slash - 4) : '';
}

/** A message of a Maildir whose name says nothing of itself: nothing but its folder tells what place it is. */
export const isMessagePath = (path: string): boolean =>
  isMessageAt(path, path.lastIndexOf('/')) && !path.endsWith('.sieve');

function isMessageAt(path: string, slash: number): boolean {
  const first = path.charCodeAt(slash + 1);
  if (slash < 5 || path.charCodeAt(slash - 4) !== SLASH || !(first >= 48 && first <= 57)) return false;
  const [a, b, c] = [path.charCodeAt(slash - 3), path.charCodeAt(slash - 2), path.charCodeAt(slash - 1)];
  const isPart =
    a === 99 ? b === 117 && c === 114 : a === 110 ? b === 101 && c === 119 : a === 116 && b === 109 && c === 112;
  return isPart && looksLikeMaildirFile(path, slash + 1);
}

/** `time.unique.host[:2,flags]`: a number, a dot, more, a dot (maildir(5)). The name begins at `from`. */
export function looksLikeMaildirFile(path: string, from = 0): boolean {
  let i = from;
  while (i < path.length && path.charCodeAt(i) >= 48 && path.charCodeAt(i) <= 57) i += 1;
  if (i < from + 8 || path.charCodeAt(i) !== 46) return false;
  const second = path.indexOf('.', i + 1);
  return second > i + 1 && second < path.length - 1;
}

/** What the beginning of a path says, and the part of it after a home. */
const SAYS = {
  starts: 1,
  spool: 2,
  temporary: 4,
  session: 8,
  store: 16,
  profile: 32,
  mixed: 64,
  packaged: 128,
  flatpak: 256,
  client: 512,
};
const FROM_ROOT = new Prefixes([
  [SAYS.starts, SYSTEM_STARTERS],
  [SAYS.spool, SPOOLS],
  [SAYS.temporary, ['/tmp/', '/var/tmp/']],
  [SAYS.session, ['/run/user/']],
]);
const PACKAGED = ['.var/app/', 'snap/'];
const FROM_HOME = new Prefixes([
  [SAYS.starts, STARTERS],
  [SAYS.store, [...HOME_STORES, ...STORE_FILES]],
  [SAYS.profile, PROFILES],
  [SAYS.mixed, [...PACKAGED, '.local/share/']],
  [SAYS.packaged, PACKAGED],
  [SAYS.flatpak, ['.var/app/']],
  [SAYS.client, ['.cache/evolution/tmp/', '.claws-mail/mimetmp/', '.cache/thunderbird/']],
]);

/** A spool of many people's mail: whoever is at home there, it is no home. */
export const isSpool = (path: string): boolean => (FROM_ROOT.of(path) & SAYS.spool) !== 0;

/** Where the part after the home begins, -1 for a path that lies in no home. */
function restOf(path: string): number {
  if (path.startsWith('/root/')) return 6;
  return path.startsWith('/home/') ? path.indexOf('/', 6) + 1 || -1 : -1;
}

/** `marks` are those of the path as the record has it. */
export function classifyPlace(path: string, rules: PlaceRules, marks: number): Place {
  if (path === '' || path.charCodeAt(0) !== SLASH) {
    const root = maildirRoot(path);
    return root === '' ? { ...OTHER, marks } : { ...OTHER, box: root, kind: 'maildir', marks };
  }
  const at = restOf(path);
  const begins = FROM_ROOT.of(path);
  const within = at < 0 ? 0 : FROM_HOME.of(path, at);
  const owner = at < 0 ? '' : at === 6 ? 'root' : path.slice(6, at - 1);
  const store = storeOf(path, owner, begins, within, rules);
  const clientTemporary = isClientTemporary(path, at, begins, within);
  return {
    box: store?.box ?? '',
    owner: store?.owner ?? owner,
    profile:
      !clientTemporary &&
      (isRunTime(path, begins) || ((within & SAYS.profile) !== 0 && !(within & SAYS.mixed && isSave(path, at)))),
    attachmentPlace: clientTemporary || isAttachmentPlace(path, at, within, rules),
    clientTemporary,
    startsLater: ((begins | within) & SAYS.starts) !== 0,
    kind: store?.kind ?? 'other',
    marks,
  };
}

interface Store {
  readonly box: string;
  readonly owner: string;
  readonly kind: Place['kind'];
}

function storeOf(path: string, account: string, begins: number, within: number, rules: PlaceRules): Store | null {
  const maildir = maildirRoot(path);
  if (maildir !== '') return { box: maildir, owner: account || maildirOwner(maildir), kind: 'maildir' };
  if (begins & SAYS.spool) return spoolStore(path);
  if (within & (SAYS.store | SAYS.packaged)) {
    const store = homeStore(path);
    if (store !== undefined) return store;
  }
  const box = patternsOf(rules.mailDirs).match(path);
  return box === '' ? null : { box, owner: account || spoolOwner(path), kind: 'client-store' };
}

function spoolStore(path: string): Store | null {
  const spool = SPOOLS.find(each => path.startsWith(each)) ?? '';
  const rest = path.slice(spool.length);
  if (rest === '' || isLock(rest) || rest.startsWith('BOGUS.') || rest.includes('/dovecot')) return null;
  if (CYRUS.includes(spool)) return cyrusStore(path, rest);
  const dbox = dboxOf(path, spool.length);
  if (dbox !== '') return { box: dbox, owner: maildirOwner(dbox), kind: 'client-store' };
  return { box: path, owner: spoolOwner(path), kind: 'mbox' };
}

/** Where delivery software writes besides its stores. */
export const NOT_STORES = [
  '/var/spool/postfix/',
  '/var/lib/',
  '/var/log/',
  '/run/',
  '/etc/',
  '/proc/',
  '/dev/',
  '/tmp/',
  '/var/tmp/',
  '/usr/',
];

/** A directory that holds the mailboxes of many. */
export const holdsBoxes = (path: string): boolean => SPOOLS.includes(path.endsWith('/') ? path : `${path}/`);

/**
 * `clerk.lock`, and the file of an own name that is linked to it: `clerk.lock.<time>.<pid>.<host>` (mlock(8) of c-client),
 * `.lk<pid><time><host>` (lockfile_create(3) of liblockfile, and so dotlockfile(1)).
 */
const isLock = (name: string): boolean => name.endsWith('.lock') || name.includes('.lock.') || /^\.lk\d{5}/.test(name);

/** Null for what lies in such a store and is no mail, undefined for what lies elsewhere. */
function homeStore(path: string): Store | null | undefined {
  const split = splitHome(path);
  if (split === null) return undefined;
  const { account, home, rest } = split;
  if (STORE_FILES.includes(rest)) return { box: path, owner: account, kind: 'mbox' };
  const dir = HOME_STORES.find(each => rest.startsWith(each));
  if (dir === '.thunderbird/' || dir === '.icedove/') return thunderbirdStore(path, rest, account);
  if (dir !== undefined) {
    const name = baseName(path);
    if (name.startsWith('dovecot') || name.endsWith('.lock') || name.endsWith('.db') || name.endsWith('.index'))
      return null;
    return { box: `${home}/${dir.slice(0, -1)}`, owner: account, kind: 'client-store' };
  }
  const packaged = PACKAGED.some(each => rest.startsWith(each));
  if (packaged && (rest.includes('/.thunderbird/') || rest.includes('/evolution/mail/')))
    return { box: path, owner: account, kind: 'client-store' };
  return undefined;
}

/** Thunderbird keeps mail below Mail/, ImapMail/ and in global-messages-db.sqlite; the rest of the profile is not mail. */
function thunderbirdStore(path: string, rest: string, account: string): Store | null {
  for (const part of ['/Mail/', '/ImapMail/']) {
    const at = path.indexOf(part);
    if (at > 0 && !path.endsWith('.msf') && !path.endsWith('.dat'))
      return { box: path, owner: account, kind: 'client-store' };
  }
  return rest.endsWith('global-messages-db.sqlite') ? { box: path, owner: account, kind: 'client-store' } : null;
}

/** Above a subfolder (`.Sent`, Maildir++) and above a folder that is only called what it is, lies the one that has the owner's name. */
function maildirOwner(root: string): string {
  if (TEMPORARY.test(root)) return '';
  const parts = root.split('/');
  while (parts.length > 2 && isNoName(parts.at(-1) as string)) parts.pop();
  return spoolOwner(parts.join('/'));
}

/** Everybody's places: a name there is no account's. */
const TEMPORARY = /^(?:\/var)?\/tmp\/|^\/dev\/shm\//;

const isNoName = (part: string): boolean => part.startsWith('.') || /^(?:mail(?:dir|s|box)?|[ms]?dbox)$/i.test(part);

function spoolOwner(path: string): string {
  const name = baseName(path);
  const at = name.indexOf('@');
  return at > 0 ? name.slice(0, at) : name;
}

/** What programs of a session share while it lasts (XDG Base Directory Specification: sockets, locks, dconf's marks), but for what is mounted there. */
const isRunTime = (path: string, begins: number): boolean => (begins & SAYS.session) !== 0 && !path.includes('/gvfs/');

/** Below a profile that holds documents too, a folder of documents. */
const isSave = (path: string, restAt: number): boolean =>
  SAVES_IN_PROFILE.some(save => path.includes(save, restAt - 1));

const CLIENT_FILES = new Prefixes([
  [1, ['mozilla_', 'mutt', 'neomutt', 'evolution-', 'claws', 'kmail', '.org.chromium', 'pid-']],
]);

function isClientTemporary(path: string, restAt: number, begins: number, within: number): boolean {
  if (begins & SAYS.temporary) return CLIENT_FILES.of(path, path.startsWith('/tmp/') ? 5 : 9) !== 0;
  if (begins & SAYS.session) return path.includes('/doc/') || path.includes('/thunderbird');
  if (within & SAYS.client) return true;
  return (within & SAYS.flatpak) !== 0 && path.includes('/cache/tmp/', restAt);
}

function isAttachmentPlace(path: string, restAt: number, within: number, rules: PlaceRules): boolean {
  if (patternsOf(rules.attachmentPaths).match(path) !== '') return true;
  if ((within & SAYS.packaged) === 0) return false;
  return path.includes('/Downloads/', restAt) || path.includes('/downloads/', restAt);
}
