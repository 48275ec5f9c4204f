import { Prefixes } from '../core/prefixes.ts';

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
} as const;

const ETC = 16;
const HOME = 32;
const SHARED_MEMORY = 64;
const SESSION = 128;

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
  [ETC, ['/etc/']],
  [HOME, ['/home/']],
  [SESSION, ['/run/user/']],
]);

const HISTORIES = [
  '/.bash_history',
  '/.zsh_history',
  '/.sh_history',
  '/.less',
  '/.viminfo',
  '/.python_history',
  '/.wget-hsts',
  '/.xsession-errors',
  '/.recently-used',
];
const REDIRECTS_IN_ETC = new Set(['/etc/aliases', '/etc/mail/aliases', '/etc/postfix/main.cf', '/etc/postfix/virtual']);
const REDIRECTS = ['/.forward', '/.procmailrc', '/.mailfilter', '/.dovecot.sieve', '/.fdm.conf'];

/** The marks of a path, as bits of `MARK`. */
export function marksOf(path: string): number {
  if (path === '') return MARK.user;
  const begins = BEGINNINGS.of(path);
  let marks = begins & (MARK.silent | MARK.user | MARK.maildrop);
  if (begins & SHARED_MEMORY) marks &= ~MARK.silent;
  // dconf(7): two bytes that every graphical program of a session writes and reads, to tell the others that settings changed.
  if (begins & SESSION && path.endsWith('/dconf/user')) marks |= MARK.silent;
  const hidden = path.includes('/.');
  if (hidden && HISTORIES.some(name => path.includes(name))) marks |= MARK.silent;
  const redirects =
    begins & ETC
      ? REDIRECTS_IN_ETC.has(path)
      : (hidden && REDIRECTS.some(end => path.endsWith(end))) || ((begins & HOME) !== 0 && path.endsWith('.sieve'));
  return redirects ? marks | MARK.redirect : marks;
}

/** In, or itself, a hidden place below a folder for temporary files; an AppImage mounts itself on one of its own. */
export const isHiddenScratch = (path: string): boolean =>
  /^\/(?:var\/tmp|tmp|dev\/shm|run\/shm)\//.test(path) && path.includes('/.') && !path.includes('/.mount_');
