import { baseName } from '../core/paths.ts';

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
}

const OTHER: Place = {
  box: '',
  owner: '',
  profile: false,
  attachmentPlace: false,
  clientTemporary: false,
  startsLater: false,
  kind: 'other',
};

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

const MAILDIR_PARTS = ['/cur/', '/new/', '/tmp/'];

function maildirRoot(path: string): string {
  for (const part of MAILDIR_PARTS) {
    const at = path.lastIndexOf(part);
    if (at <= 0) continue;
    const name = path.slice(at + part.length);
    if (name === '' || name.includes('/')) continue;
    if (looksLikeMaildirFile(name)) return path.slice(0, at);
  }
  return '';
}

/** `time.unique.host[:2,flags]`: a number, a dot, more, a dot (maildir(5)). */
export function looksLikeMaildirFile(name: string): boolean {
  let i = 0;
  while (i < name.length && name.charCodeAt(i) >= 48 && name.charCodeAt(i) <= 57) i += 1;
  if (i < 8 || name.charCodeAt(i) !== 46) return false;
  const second = name.indexOf('.', i + 1);
  return second > i + 1 && second < name.length - 1;
}

const DOT = 46;

export function classifyPlace(path: string, rules: PlaceRules): Place {
  if (path === '' || path.charCodeAt(0) !== 47) {
    const root = maildirRoot(path);
    return root === '' ? OTHER : { ...OTHER, box: root, kind: 'maildir' };
  }
  const home = splitHome(path);
  const rest = home?.rest ?? '';
  const owner = home?.account ?? '';
  const startsLater =
    home === null
      ? SYSTEM_STARTERS.some(prefix => path.startsWith(prefix))
      : rest.charCodeAt(0) === DOT && STARTERS.some(prefix => rest.startsWith(prefix));
  const store = storeOf(path, home, rules);
  const clientTemporary = isClientTemporary(path, rest);
  const attachmentPlace = clientTemporary || isAttachmentPlace(path, rest, rules);
  const profile = !clientTemporary && isProfile(rest, home !== null);
  if (store === null && !startsLater && !attachmentPlace && !profile) return owner === '' ? OTHER : { ...OTHER, owner };
  return {
    box: store?.box ?? '',
    owner: store?.owner ?? owner,
    profile,
    attachmentPlace,
    clientTemporary,
    startsLater,
    kind: store?.kind ?? 'other',
  };
}

function storeOf(
  path: string,
  home: ReturnType<typeof splitHome>,
  rules: PlaceRules,
): { box: string; owner: string; kind: Place['kind'] } | null {
  const maildir = maildirRoot(path);
  if (maildir !== '') return { box: maildir, owner: home?.account ?? spoolOwner(maildir), kind: 'maildir' };
  for (const spool of SPOOLS) {
    if (!path.startsWith(spool)) continue;
    const rest = path.slice(spool.length);
    if (rest === '' || rest.endsWith('.lock') || rest.startsWith('BOGUS.') || rest.includes('/dovecot')) return null;
    return { box: path, owner: spoolOwner(path), kind: 'mbox' };
  }
  if (home !== null) {
    const rest = home.rest;
    for (const file of STORE_FILES) if (rest === file) return { box: path, owner: home.account, kind: 'mbox' };
    for (const dir of HOME_STORES) {
      if (!rest.startsWith(dir)) continue;
      if (dir === '.thunderbird/' || dir === '.icedove/') return thunderbirdStore(path, rest, home.account);
      const name = baseName(path);
      if (name.startsWith('dovecot') || name.endsWith('.lock') || name.endsWith('.db') || name.endsWith('.index'))
        return null;
      return { box: `${home.home}/${dir.slice(0, -1)}`, owner: home.account, kind: 'client-store' };
    }
    const packaged = rest.startsWith('.var/app/') || rest.startsWith('snap/');
    if (packaged && (rest.includes('/.thunderbird/') || rest.includes('/evolution/mail/')))
      return { box: path, owner: home.account, kind: 'client-store' };
  }
  for (const pattern of rules.mailDirs) {
    const box = matchPrefix(path, pattern);
    if (box !== '') return { box, owner: home?.account ?? spoolOwner(path), kind: 'client-store' };
  }
  return null;
}

/** Thunderbird keeps mail below Mail/, ImapMail/ and in global-messages-db.sqlite; the rest of the profile is not mail. */
function thunderbirdStore(
  path: string,
  rest: string,
  account: string,
): { box: string; owner: string; kind: Place['kind'] } | null {
  for (const part of ['/Mail/', '/ImapMail/']) {
    const at = path.indexOf(part);
    if (at > 0 && !path.endsWith('.msf') && !path.endsWith('.dat'))
      return { box: path, owner: account, kind: 'client-store' };
  }
  return rest.endsWith('global-messages-db.sqlite') ? { box: path, owner: account, kind: 'client-store' } : null;
}

function spoolOwner(path: string): string {
  const name = baseName(path);
  const at = name.indexOf('@');
  return at > 0 ? name.slice(0, at) : name;
}

function isProfile(rest: string, inHome: boolean): boolean {
  if (!inHome || (rest.charCodeAt(0) !== DOT && !rest.startsWith('snap/'))) return false;
  for (const prefix of PROFILES) {
    if (!rest.startsWith(prefix)) continue;
    if (prefix === '.var/app/' || prefix === 'snap/' || prefix === '.local/share/') {
      for (const save of SAVES_IN_PROFILE) if (`/${rest}`.includes(save)) return false;
    }
    return true;
  }
  return false;
}

function isClientTemporary(path: string, rest: string): boolean {
  if (path.startsWith('/tmp/') || path.startsWith('/var/tmp/')) {
    const sub = path.slice(path.indexOf('/', 4) === 4 ? 5 : 9);
    return (
      sub.startsWith('mozilla_') ||
      sub.startsWith('mutt') ||
      sub.startsWith('neomutt') ||
      sub.startsWith('evolution-') ||
      sub.startsWith('claws') ||
      sub.startsWith('kmail') ||
      sub.startsWith('.org.chromium') ||
      sub.startsWith('pid-')
    );
  }
  if (path.startsWith('/run/user/')) return path.includes('/doc/') || path.includes('/thunderbird');
  return (
    rest.startsWith('.cache/evolution/tmp/') ||
    rest.startsWith('.claws-mail/mimetmp/') ||
    rest.startsWith('.cache/thunderbird/') ||
    (rest.startsWith('.var/app/') && rest.includes('/cache/tmp/'))
  );
}

function isAttachmentPlace(path: string, rest: string, rules: PlaceRules): boolean {
  for (const pattern of rules.attachmentPaths) if (matchPrefix(path, pattern) !== '') return true;
  if (
    rest !== '' &&
    (rest.startsWith('.var/app/') || rest.startsWith('snap/')) &&
    /\/(?:Downloads|downloads)\//.test(rest)
  )
    return true;
  return false;
}

interface Compiled {
  readonly inHome: boolean;
  readonly parts: readonly string[];
}
const compiled = new Map<string, Compiled | null>();

function compile(pattern: string): Compiled | null {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const inHome = pattern.startsWith('~/');
  const made =
    inHome || pattern.startsWith('/')
      ? {
          inHome,
          parts: pattern
            .slice(inHome ? 2 : 1)
            .toLowerCase()
            .split('/')
            .filter(part => part !== ''),
        }
      : null;
  if (compiled.size < 4096) compiled.set(pattern, made);
  return made;
}

/** The prefix of `path` that `pattern` covers, '' when it does not. `~/` stands for a home, `*` for one path part. */
export function matchPrefix(path: string, pattern: string): string {
  const wanted = compile(pattern);
  if (wanted === null) return '';
  let at = 1;
  if (wanted.inHome) {
    if (!path.startsWith('/home/') && !path.startsWith('/root/')) return '';
    const slash = path.startsWith('/root/') ? 5 : path.indexOf('/', 6);
    if (slash < 0) return '';
    at = slash + 1;
  }
  for (const part of wanted.parts) {
    let end = path.indexOf('/', at);
    if (end < 0) end = path.length;
    if (end <= at) return '';
    if (part !== '*' && (part.length !== end - at || path.slice(at, end).toLowerCase() !== part)) return '';
    at = end + 1;
  }
  return path.slice(0, at - 1);
}
