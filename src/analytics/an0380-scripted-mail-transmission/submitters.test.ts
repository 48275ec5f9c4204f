import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostState } from '../../state/host.ts';
import type { NetworkView } from '../../state/network/contract.ts';
import type { SenderStarted, SmtpConnected } from '../../state/notices.ts';
import type { ProcessState } from '../../state/processes.ts';
import { classOfPath } from '../../state/programs.ts';
import type { Send } from './send.ts';
import { SendJobs } from './sends.ts';

/** What is kept of a sender as it starts, of processes as state holds them. */
let pids = 10;
function ran(exe: string, facts: Partial<ProcessState> = {}): ProcessState {
  pids += 1;
  return {
    id: '',
    host: 'ws1',
    pid: pids,
    start: 0,
    parent: null,
    ppid: 1,
    exe,
    comm: '',
    argv: [exe],
    uid: 1003,
    ses: 4,
    tty: '',
    script: '',
    classBits: classOfPath(exe),
    trusted: true,
    images: [],
    execSeen: true,
    execRef: null,
    carries: [],
    connections: [],
    recentChildren: [],
    controlled: null,
    ...facts,
  } as unknown as ProcessState;
}
const HOST = {
  host: 'ws1',
  processes: new Map(),
  has: () => true,
  userName: () => 'clerk',
  sessions: { peek: () => undefined },
  terminals: { peek: () => undefined },
  installed: { isNewByHand: () => false },
  logins: { above: () => null },
} as unknown as HostState;

function kept(process: ProcessState, hints: readonly string[] = []): Send | undefined {
  const jobs = new SendJobs(hints);
  const notice = { kind: 'sender.started', time: 0, host: 'ws1', process, ref: null, event: { order: 1 } };
  jobs.started(notice as unknown as SenderStarted, HOST);
  return [...jobs.jobs.values()][0]?.sends[0];
}

test('a program hands a message to the MTA by its file, or by the name it was called', () => {
  assert.equal(kept(ran('/usr/bin/mail'))?.submission, false);
  assert.equal(kept(ran('/usr/sbin/exim4', { argv: ['mailx'] }))?.submission, true);
  assert.equal(kept(ran('/bin/busybox', { argv: ['sendmail'] }))?.submission, true);
});

test('whose store the data is from is told, and that nobody knows whose', () => {
  const carrying = (person: string): string | undefined =>
    kept(ran('/usr/bin/mail', { carries: [{ taint: { origin: { kind: 'mailstore', person } } }] as never }))
      ?.storeOwner;
  assert.equal(carrying('boss'), 'boss');
  assert.equal(carrying(''), 'unknown');
  assert.equal(kept(ran('/usr/bin/mail'))?.storeOwner, '');
  const held = (kind: string) => ({ taint: { origin: { kind, person: 'boss' } } });
  const carries = (process: ProcessState, ...kinds: readonly string[]): void =>
    void Object.assign(process, { carries: kinds.map(held) });
  const piped = (...kinds: readonly string[]): string | undefined => {
    const stage = ran('/bin/tar');
    carries(stage, ...kinds);
    return kept(ran('/usr/bin/mail', { parent: ran('/bin/sh', { recentChildren: [ran('/bin/cat'), stage] }) }))
      ?.storeOwner;
  };
  assert.equal(piped('mail', 'mailstore'), 'boss', 'what stands in one pipeline with it holds mail of a store');
  assert.equal(piped('mail'), '', 'content of a message is no store');
  const own = ran('/usr/bin/mail');
  carries(own, 'mail');
  assert.equal(kept(own)?.storeOwner, '');
});

test('an empty word in ScriptNameFilter fits nothing', () => {
  const mail = ran('/usr/bin/mail', { argv: ['mail', 'Base64 -D'] });
  assert.equal(kept(mail, [''])?.scriptHint, '');
  assert.equal(kept(mail, ['', 'base64 -d'])?.scriptHint, 'base64 -d');
  assert.equal(kept(mail, ['Mail '])?.scriptHint, 'Mail ', 'the first word counts');
});

test('a submission program after a client of which no send is kept is a send of its own', () => {
  const client = ran('/usr/bin/mail', { pid: 99, isSender: true } as Partial<ProcessState>);
  const parent = ran('/bin/sh', { execSeen: false });
  const host = Object.assign(Object.create(HOST), { processes: new Map([[99, client]]) }) as HostState;
  const jobs = new SendJobs([]);
  const start = (process: ProcessState): void =>
    jobs.started(
      { kind: 'sender.started', time: 0, host: 'ws1', process, ref: null, event: { order: 1 } } as never,
      host,
    );
  const sends = (): unknown[] =>
    [...jobs.jobs.values()].flatMap(job => job.sends.map(({ pid, submission }) => [pid, submission]));
  start(ran('/usr/sbin/sendmail', { pid: 100, parent }));
  assert.deepEqual(sends(), [[100, true]]);
  start(client);
  start(ran('/usr/sbin/sendmail', { pid: 101, parent }));
  assert.deepEqual(
    sends(),
    [
      [100, true],
      [99, true],
    ],
    'the client that is kept handed it in: one send',
  );
});

test('a sender of which nothing tells who started it is kept', () => {
  assert.ok(kept(ran('/usr/sbin/sendmail', { argv: ['sendmail', '-FCronDaemon'] })));
});

test('who decided to send is looked for above the sender, up to the scheduler', () => {
  const cron = ran('/usr/sbin/cron');
  const line = ran('/bin/sh', { argv: ['sh', '-c', 'x'], parent: cron });
  const systemd = ran('/usr/lib/systemd/systemd');
  const isUsers = (exe: string, facts: Partial<ProcessState>): boolean | undefined => kept(ran(exe, facts))?.inline;
  assert.equal(isUsers('/bin/sh', { argv: ['sh', '-c', 'x'], parent: cron }), true, 'a line that speaks SMTP itself');
  assert.equal(isUsers('/usr/bin/mail', { parent: line }), true, 'a sender that a line starts');
  const installed = { script: '/usr/bin/swaks', classBits: classOfPath('/usr/bin/swaks') };
  assert.equal(isUsers('/usr/bin/perl', { ...installed, parent: line }), true, 'an installed script that only sends');
  const report = { script: '/usr/share/x/report', parent: line };
  assert.equal(isUsers('/usr/bin/python3', report), false, 'a script of a package that decides what to send');
  const home = { script: '/home/clerk/swaks', trusted: false, classBits: classOfPath('/usr/bin/swaks') };
  assert.equal(isUsers('/usr/bin/perl', { ...home, parent: systemd }), true, 'a sender of a home');
  const git = ran('/usr/bin/git', { argv: ['git', '-c', 'a.b=c', 'send-email'], parent: systemd });
  assert.equal(isUsers('/usr/bin/nc', { parent: git }), false, 'an option of another program is no line of commands');
});

test('the MTA that connects to another server passes on what was handed in', () => {
  const sends = (process: ProcessState): number => {
    const jobs = new SendJobs([]);
    const event = { family: 'ipv4', address: '203.0.113.25', port: 25, outcome: 'succeeded', order: 1 };
    const notice = { kind: 'smtp.connected', time: 0, host: 'ws1', process, ref: null, event };
    jobs.connected(notice as unknown as SmtpConnected, HOST, { contactOf: () => null } as unknown as NetworkView);
    return [...jobs.jobs.values()].length;
  };
  assert.equal(sends(ran('/usr/lib/postfix/sbin/smtp')), 0);
  assert.equal(sends(ran('/usr/lib/postfix/sbin/smtp', { trusted: false })), 1, 'a program of its name');
  assert.equal(sends(ran('/usr/bin/python3')), 1);
});
