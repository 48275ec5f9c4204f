import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { type Actor, type FileId, type HostEvent, TTY_UNKNOWN } from '../events/host-events.ts';
import { applyHostEvent } from './apply.ts';
import { HostState } from './host.ts';
import { loadIdentity } from './identity/identity.ts';
import { LearnedDomains } from './mail/domains.ts';
import type { Notice } from './notices.ts';

const T = Date.UTC(2026, 10, 21, 9, 37);
const PORTAL = '/usr/libexec/xdg-document-portal';
const CLIENT = '/usr/lib/thunderbird/thunderbird';

const actor = (pid: number, exe: string, uid = 1003): Actor => ({
  pid,
  ppid: 1,
  uid,
  euid: uid,
  auid: uid,
  ses: 4,
  tty: TTY_UNKNOWN,
  comm: '',
  exe,
});
const file = (path: string, node = -1): FileId => ({ path, node, mode: -1, ownerUid: 1003 });

/** A person's host: what programs run of content is kept. */
function desk() {
  const found: Extract<Notice, { kind: 'content.executed' }>[] = [];
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nclerk:x:1003:1003::/home/clerk:/bin/bash\n';
  const host = new HostState('ws3', {
    rules: { mailDirs: [], attachmentPaths: ['~/Downloads'] },
    identity: loadIdentity({ passwd: [passwd], domains: new LearnedDomains() }),
    programs: new Map(),
    notify: notice => {
      if (notice.kind === 'content.executed') found.push(notice);
    },
  });
  let order = 0;
  const at = (second: number, event: object): void => {
    order += 1;
    const ref = { source: 0, offset: 0, length: 1, next: null };
    applyHostEvent(host, { host: 'ws3', ref, order, time: epochMs(T + second * 1000), ...event } as HostEvent);
  };
  const opens = (second: number, who: Actor, what: FileId, access: 'read' | 'write', created = false): void =>
    at(second, { kind: 'file.opened', actor: who, file: what, access, created, truncated: access === 'write', fd: 3 });
  const renames = (second: number, who: Actor, from: FileId, to: FileId): void =>
    at(second, { kind: 'file.renamed', actor: who, from, to });
  const starts = (second: number, who: Actor, argv: string[]): void =>
    at(second, {
      kind: 'process.started',
      actor: who,
      argv,
      argc: argv.length,
      cwd: '/home/clerk',
      file: file(who.exe),
      interpreter: '',
    });
  return { found, opens, renames, starts };
}

/** A client in a sandbox reads a message, and the portal writes a file and opens it again by its descriptor. */
function saved(story: ReturnType<typeof desk>, clientAt: number): void {
  const portal = actor(40, PORTAL);
  story.opens(clientAt, actor(50, CLIENT), file('/home/clerk/Maildir/new/1763.V1.ws3', 5), 'read');
  story.opens(60, portal, file('/home/clerk/Documents/.xdp-form.sh-ab', 9), 'write', true);
  story.opens(60, portal, file('/proc/self/fd/17', 9), 'write');
  story.renames(60, portal, file('/home/clerk/Documents/.xdp-form.sh-ab', 9), file('/home/clerk/Documents/form.sh', 9));
}

test('a document of the portal stands for the file that it wrote for a client in a sandbox', () => {
  const story = desk();
  saved(story, 59);
  story.starts(70, actor(80, '/usr/bin/bash'), ['bash', '/run/user/1003/doc/e1d8/form.sh']);
  assert.deepEqual(
    story.found.map(({ path, strength, taint }) => [path, strength, taint.origin.kind, taint.origin.basis]),
    [['/run/user/1003/doc/e1d8/form.sh', 'inferred', 'mail', 'client-wrote']],
  );
});

test('who it wrote for is a guess when no client was at work', () => {
  const story = desk();
  saved(story, 0);
  story.starts(70, actor(80, '/usr/bin/bash'), ['bash', '/home/clerk/Documents/form.sh']);
  assert.deepEqual(
    story.found.map(({ taint }) => taint.origin.basis),
    ['appeared'],
  );
});

test("another person's document of the same name is another file", () => {
  const story = desk();
  saved(story, 59);
  story.starts(70, actor(80, '/usr/bin/bash', 1004), ['bash', '/run/user/1004/doc/e1d8/form.sh']);
  assert.deepEqual(
    story.found.filter(({ taint }) => taint.origin.basis === 'client-wrote'),
    [],
  );
});

test('a file put in its place at one stroke does not hold what its writer reads later', () => {
  const story = desk();
  const tests = actor(60, '/usr/bin/python3.11');
  const [cache, final] = [
    file('/home/clerk/src/__pycache__/t.pyc.1405', 20),
    file('/home/clerk/src/__pycache__/t.pyc', 20),
  ];
  story.opens(1, tests, cache, 'write', true);
  story.renames(1, tests, cache, final);
  story.opens(2, actor(70, '/usr/lib/chromium/chromium'), file('/tmp/shop/export.csv', 30), 'write', true);
  story.opens(3, tests, file('/tmp/shop/export.csv', 30), 'read');
  story.starts(5, actor(90, '/usr/bin/python3.11'), ['python3', '-m', 'unittest']);
  story.opens(6, actor(90, '/usr/bin/python3.11'), final, 'read');
  assert.deepEqual(
    story.found.filter(({ path }) => path.endsWith('t.pyc')),
    [],
  );
});
