import { Prefixes } from '../core/prefixes.ts';
import { isSystemPath } from './programs.ts';

/** What a path says at once, whoever writes it. Kept with its place, so that it is worked out once a path. */
export const MARK = {
  /** Writing there says nothing: devices, kernel files, histories that programs keep of themselves. */
  silent: 1,
  /** Where people and their programs put files. */
  user: 2,
  /** Postfix's maildrop (postdrop(1)) and its like: what lies there is taken for a submission. */
  maildrop: 4,
  /** Decides where somebody's mail goes. */
  redirect: 8,
  /** Programs, settings and tables of jobs: of these it is kept who put them there. */
  installed: 16,
  /** `isSystemPath`. */
  system: 32,
  /** Where rules watch for readers although they record none elsewhere: keys, the log of audit itself. */
  watched: 64,
} as const;

/** Those of a path as it is, wherever the home lies that it is in. */
export const MARKS_AS_IT_IS = MARK.installed | MARK.system | MARK.watched;

/** crontab(5), anacrontab(5), incrontab(5): what is written there names the jobs that run later. */
export const JOB_TABLES = ['/etc/cron', '/etc/anacrontab', '/etc/incron', '/var/spool/cron', '/var/spool/incron'];

const ETC = 1 << 16;
const HOME = 1 << 17;
const SHARED_MEMORY = 1 << 18;
const SESSION = 1 << 19;

const BEGINNINGS = new Prefixes([
  [MARK.silent, ['/dev/', '/proc/', '/sys/']],
  [SHARED_MEMORY, ['/dev/shm/']],
  [
    MARK.user,
    [
      '/home/',
      '/tmp/',
      '/var/tmp/',
      '/root/',
      '/run/user/',
      '/media/',
      '/mnt/',
      '/srv/',
      '/data/',
      '/export/',
      '/dev/shm/',
      '?/',
    ],
  ],
  [MARK.maildrop, ['/var/spool/postfix/maildrop/', '/var/spool/exim4/input/', '/var/spool/mqueue/']],
  [MARK.watched, ['/etc/', '/usr/', '/var/log/']],
  [MARK.installed, ['/etc/', ...JOB_TABLES]],
  [ETC, ['/etc/']],
  [HOME, ['/home/']],
  [SESSION, ['/run/user/']],
]);

const HISTORIES = new Prefixes([
  [
    MARK.silent,
    [
      '/.bash_history',
      '/.zsh_history',
      '/.sh_history',
      '/.less',
      '/.viminfo',
      '/.python_history',
      '/.wget-hsts',
      '/.xsession-errors',
      '/.recently-used',
    ],
  ],
]);
const REDIRECTS_IN_ETC = new Set(['/etc/aliases', '/etc/mail/aliases', '/etc/postfix/main.cf', '/etc/postfix/virtual']);
const REDIRECTS = new Set(['/.forward', '/.procmailrc', '/.mailfilter', '/.dovecot.sieve', '/.fdm.conf']);

/** The marks of a path, as bits of `MARK`. */
export function marksOf(path: string): number {
  if (path === '') return MARK.user;
  const begins = BEGINNINGS.of(path);
  let marks = begins & (MARK.silent | MARK.user | MARK.maildrop | MARK.installed | MARK.watched);
  if (isSystemPath(path)) marks |= MARK.system | MARK.installed;
  if (begins & SHARED_MEMORY) marks &= ~MARK.silent;
  // dconf(7): two bytes that every graphical program of a session writes and reads, to tell the others that settings changed.
  if (begins & SESSION && path.endsWith('/dconf/user')) marks |= MARK.silent;
  let hidden = path.indexOf('/.');
  for (let at = hidden; at >= 0; at = path.indexOf('/.', at + 2)) {
    hidden = at;
    marks |= HISTORIES.of(path, at);
  }
  return redirects(path, begins, hidden) ? marks | MARK.redirect : marks;
}

/** `hidden`: where its last hidden part begins, -1 for none. */
function redirects(path: string, begins: number, hidden: number): boolean {
  if (begins & ETC) return REDIRECTS_IN_ETC.has(path);
  if (hidden >= 0 && hidden === path.lastIndexOf('/') && REDIRECTS.has(path.slice(hidden))) return true;
  return (begins & HOME) !== 0 && path.endsWith('.sieve');
}

/** In, or itself, a hidden place below a folder for temporary files; an AppImage mounts itself on one of its own. */
export const isHiddenScratch = (path: string): boolean =>
  /^\/(?:var\/tmp|tmp|dev\/shm|run\/shm)\//.test(path) && path.includes('/.') && !path.includes('/.mount_');
