import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { ID_UNSET, TTY_UNKNOWN } from '../events/host-events.ts';
import { HostState } from './host.ts';
import { loadIdentity } from './identity/identity.ts';
import { LearnedDomains } from './mail/domains.ts';
import { isOwnMail } from './ownership.ts';
import type { ProcessState } from './processes.ts';

const PASSWD = 'clerk:x:1003:1003::/home/clerk:/bin/bash\n';

function reader(uid: number, cwd: string): { host: HostState; process: ProcessState } {
  const identity = loadIdentity({ passwd: [PASSWD], domains: new LearnedDomains() });
  const rules = { mailDirs: [], attachmentPaths: [] };
  const host = new HostState('ws1', { rules, identity, programs: new Map(), notify: () => {} });
  const names = { comm: 'cat', exe: '/bin/cat', tty: TTY_UNKNOWN, auid: ID_UNSET, ses: ID_UNSET };
  const process = host.process({ pid: 7, ppid: 1, uid, euid: uid, ...names }, epochMs(0));
  process.cwd = cwd;
  return { host, process };
}

const FILE = '/home/temp/Maildir/cur/1772442000.M1.ws1';
const CLAIMS: readonly (readonly [string, number, string, string, string, number, boolean | null])[] = [
  ['a name decides, whoever owns the file', 1003, '/', '/home/clerk/mbox', 'clerk', 8, true],
  ['a name decides against the uid of all virtual mail', 1003, '/', '/var/vmail/x', 'buyer', 1003, false],
  ['root is root without a passwd line', 0, '/', FILE, 'temp', 0, false],
  ['where the place names nobody, the uid of the file', 1003, '/', '/srv/mail/x', '', 1003, true],
  ['without a name the uid of the file', 4242, '/', FILE, 'temp', 4242, true],
  ['without a name the uid of the file, of somebody else', 4242, '/home/temp', FILE, 'temp', 1003, false],
  ['without name and uid the home that it works in', 4242, '/home/temp/x', FILE, 'temp', -1, true],
  ['without name, uid and home: unknown', 4242, '/tmp', FILE, 'temp', -1, null],
  ['an unknown uid: unknown', -1, '', FILE, 'temp', 1003, null],
];
for (const [says, uid, cwd, path, owner, ownerUid, own] of CLAIMS)
  test(`${says}: ${own}`, () => {
    const { host, process } = reader(uid, cwd);
    assert.equal(isOwnMail(host, process, uid, { path, owner, ownerUid }), own);
  });
