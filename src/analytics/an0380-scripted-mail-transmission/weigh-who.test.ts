import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  all,
  BACK,
  BEFORE,
  DAEMON,
  each,
  FILES,
  HERE,
  INSIDE,
  KIB,
  LARGE,
  LOGGED,
  MANY,
  OTHER,
  OUTSIDE,
  OWN,
  PACKED,
  SERVICE,
  SITE,
  STORE,
  SYSTEM,
  sent,
  TTY,
  taken,
  tellsOf,
  terminal,
  USERS,
  weighed,
} from './weigh.test-support.ts';

const BY_HOOK = '1 started by a hook, not by the person';
const OF_PACKAGE = { systemOwned: true, job: '/usr/bin/hg' } as const;
const PIPED = { to: [], smtp: '203.0.113.9:25', packed: true } as const;

tellsOf([
  {
    says: 'a service of the host that mails words',
    outcomes: [sent({ ...taken })],
    job: SERVICE,
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, DAEMON],
  },
  ...(
    [
      [{ attached: true }, FILES],
      [{ packed: true }, PACKED],
      [{ store: 'clerk' }, STORE],
      [{ size: 512 * KIB }, LARGE],
      [{ wireFile: 'a.zip' }, FILES],
    ] as const
  ).map(([more, payload]) => ({
    says: `a service of the host that hands out more than words (${Object.keys(more).join()})`,
    outcomes: [sent({ ...taken, ...more })],
    job: SERVICE,
    severity: 'medium',
    factors: [payload, BACK, LOGGED, OUTSIDE],
  })),
  {
    says: 'a job of the system is no less one because it is a service too',
    outcomes: [sent({ ...taken })],
    job: { ...SERVICE, systemOwned: true },
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'packed data at a terminal, handed to a server by a script',
    outcomes: [sent({ ...PIPED, inline: true })],
    job: terminal,
    severity: 'medium',
    factors: [PACKED, '-1 started from a terminal', OWN, OTHER, USERS],
  },
  {
    says: 'packed data at a terminal, handed to a server by a mail program',
    outcomes: [sent({ ...PIPED, inline: true, program: '/usr/bin/swaks' })],
    job: terminal,
    severity: 'low',
    factors: [PACKED, TTY, OWN, OTHER, USERS],
  },
  {
    says: 'packed data at a terminal, handed to a server by a mail client',
    outcomes: [sent({ ...PIPED, inline: true, program: '/usr/bin/alpine' })],
    job: terminal,
    severity: 'low',
    factors: [PACKED, TTY, OWN, OTHER, USERS],
  },
  {
    says: "a daemon's own order",
    outcomes: [sent({ ...taken, inline: true, byDaemon: true })],
    severity: 'informational',
    factors: [BACK, LOGGED, OUTSIDE],
  },
  {
    says: "the same, and a command line's",
    outcomes: [sent({ ...taken, inline: true, byDaemon: true }), sent({ ...taken, inline: true })],
    severity: 'low',
    factors: [BACK, LOGGED, OUTSIDE, USERS],
  },
  {
    says: 'a daemon attaches a file',
    outcomes: [sent({ ...taken, attached: true, inline: true, byDaemon: true })],
    severity: 'medium',
    factors: [FILES, BACK, LOGGED, OUTSIDE, USERS],
  },
  {
    says: 'a person at a terminal attaches a file',
    outcomes: [sent({ attached: true })],
    job: terminal,
    severity: null,
    factors: [FILES],
  },
  {
    says: 'a person at a terminal pipes an archive',
    outcomes: [sent({ packed: true })],
    job: terminal,
    severity: null,
    factors: [PACKED],
  },
  {
    says: 'a person at a terminal attaches a packed file: one signal',
    outcomes: [sent({ attached: true, packed: true })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, PACKED, TTY, OUTSIDE],
  },
  {
    says: "a person at a terminal packs somebody's mail, and it is sent",
    outcomes: [sent({ ...all, store: 'boss' })],
    job: terminal,
    severity: 'medium',
    factors: [FILES, PACKED, STORE, TTY, LOGGED, OUTSIDE],
  },
  {
    says: 'a person at a terminal attaches mail of a store',
    outcomes: [sent({ attached: true, store: 'boss' })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, STORE, TTY, OUTSIDE],
  },
  {
    says: 'a person at a terminal sends many files of no odd kind',
    outcomes: each(10, () => ({ attached: true })),
    job: terminal,
    severity: null,
    factors: [FILES, MANY],
  },
  {
    says: 'a person at a terminal speaks SMTP',
    outcomes: [sent({ smtp: '203.0.113.9:25', attached: true })],
    job: terminal,
    severity: 'informational',
    factors: [FILES, TTY, OWN, OUTSIDE],
  },
  {
    says: 'a person at a terminal speaks SMTP and says more than a note',
    outcomes: [sent({ smtp: '203.0.113.9:25', size: 24 * KIB, inline: true })],
    job: terminal,
    severity: null,
    factors: [TTY, OWN, OUTSIDE, USERS],
  },
  {
    says: 'a job of the system',
    outcomes: [sent({ ...all, inline: true })],
    job: { systemOwned: true },
    severity: 'low',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE, USERS, SYSTEM],
  },
  {
    says: 'what a site put in place vouches for little once data goes outside',
    outcomes: [sent({ ...all, inline: true })],
    job: { systemOwned: true, ofSite: true },
    severity: 'medium',
    factors: [FILES, PACKED, BACK, LOGGED, OUTSIDE, USERS, SITE],
  },
  {
    says: 'mail of somebody, sent out by a program of the site',
    outcomes: [sent({ ...taken, store: 'clerk' })],
    job: { systemOwned: true, ofSite: true },
    severity: 'low',
    factors: [STORE, BACK, LOGGED, OUTSIDE, SITE],
  },
  {
    says: 'words of a program of the site',
    outcomes: [sent({ ...taken })],
    job: { systemOwned: true, ofSite: true },
    severity: null,
    factors: [BACK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'data of a program of the site for somebody here',
    outcomes: [sent({ ...all, to: [HERE] })],
    job: { systemOwned: true, ofSite: true },
    severity: null,
    factors: [FILES, PACKED, BACK, LOGGED, INSIDE, SYSTEM],
  },
  {
    says: 'a line of the settings of a program that is a script of a package packs something',
    outcomes: [sent({ ...taken, packed: true, hook: 'hg' })],
    job: { ...terminal, ...OF_PACKAGE },
    severity: 'medium',
    factors: [PACKED, BY_HOOK, LOGGED, OUTSIDE],
  },
  {
    says: 'such a line sends a note',
    outcomes: [sent({ ...taken, hook: 'hg' })],
    job: { ...terminal, ...OF_PACKAGE },
    severity: null,
    factors: [BY_HOOK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'such a line starts another script of a package, which packs something',
    outcomes: [sent({ ...taken, packed: true, hook: 'apt-get' })],
    job: { ...terminal, ...OF_PACKAGE },
    severity: null,
    factors: [PACKED, BY_HOOK, LOGGED, OUTSIDE, SYSTEM],
  },
  {
    says: 'packed by a person before',
    outcomes: [sent({ ...taken, attached: true, before: true, smtp: '203.0.113.9:25' })],
    job: terminal,
    severity: 'low',
    factors: [FILES, TTY, OWN, LOGGED, OUTSIDE],
  },
  {
    says: 'a service of the host that had packed what it sends',
    outcomes: [sent({ ...taken, before: true })],
    job: SERVICE,
    severity: 'medium',
    factors: [BEFORE, BACK, LOGGED, OUTSIDE],
  },
]);

test('a hook is started by version control only from a terminal: cron may call the same file', () => {
  const hook = { job: '/home/dev/task/.git/hooks/post-commit' };
  assert.deepEqual(weighed([sent({ attached: true })], { ...hook, context: 'interactive' }).factors, [
    FILES,
    BY_HOOK,
    OUTSIDE,
  ]);
  assert.deepEqual(weighed([sent({ attached: true })], { ...hook, context: 'cron' }).factors, [FILES, BACK, OUTSIDE]);
});
