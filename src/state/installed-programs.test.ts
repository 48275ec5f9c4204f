import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import { ID_UNSET } from '../events/host-events.ts';
import { InstalledPrograms } from './installed-programs.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

const LOGIN = 7;
/** As much of a process as tells who is at work. */
const process = (ses: number, classBits = 0, parent: ProcessState | null = null): ProcessState =>
  ({
    ses,
    auid: ses === ID_UNSET ? ID_UNSET : 1001,
    classBits,
    trusted: true,
    parent,
    script: '',
    exe: '/usr/bin/tee',
    argv: [],
    uid: 0,
  }) as unknown as ProcessState;
const person = process(LOGIN);
const at = (days: number): EpochMs => (days * DAY_MS) as EpochMs;
const ran = (installed: InstalledPrograms, script: string, time: EpochMs): void =>
  installed.ran({ ...process(ID_UNSET), script, execTime: time } as ProcessState);

test('what a person put into a system place is new by hand, and what a package manager or a service put there is not', () => {
  const written = (by: ProcessState): boolean => {
    const installed = new InstalledPrograms();
    installed.written('/usr/sbin/report', by, at(1));
    return installed.isNewByHand('/usr/sbin/report', at(2));
  };
  assert.equal(written(person), true);
  assert.equal(written(process(LOGIN, 0, process(LOGIN, CLASS.packageManager))), false);
  assert.equal(written(process(LOGIN, 0, process(LOGIN, CLASS.scheduler))), false);
  assert.equal(written(process(ID_UNSET)), false);
});

test('the words of a command of root in somebody’s login put it there, with writes recorded or not', () => {
  const put = (words: string, by: Partial<ProcessState> = {}): boolean => {
    const installed = new InstalledPrograms();
    const argv = words.split(' ');
    installed.ordered({
      ...person,
      argv,
      exe: `/usr/bin/${argv[0]}`,
      cwd: '/',
      execTime: at(1),
      ...by,
    } as ProcessState);
    return installed.isNewByHand('/usr/lib/site/report', at(2));
  };
  assert.equal(put('tee /usr/lib/site/report'), true);
  assert.equal(put('cp /root/report /lib/site/report'), true, 'by its other name');
  assert.equal(put('tee report', { cwd: '/usr/lib/site' }), true);
  assert.equal(put('cat /usr/lib/site/report'), false);
  assert.equal(put('tee /usr/lib/site/other'), false);
  assert.equal(put('tee /usr/lib/site/report', { uid: 1001 }), false, 'who is not root cannot');
  assert.equal(put('tee /usr/lib/site/report', { trusted: false }), false, 'anybody’s program of that name');
  assert.equal(put('tee /usr/lib/site/report', { ses: ID_UNSET, auid: ID_UNSET }), false, 'of no login');
  assert.equal(put('tee /usr/lib/site/report', { parent: process(LOGIN, CLASS.packageManager) }), false, 'dpkg(1) did');
});

test('a table of jobs that words name makes the site’s programs new that run after it, and who put a program there is kept', () => {
  const installed = new InstalledPrograms();
  const tee = (path: string, day: number): void =>
    installed.ordered({ ...person, argv: ['tee', path], cwd: '/', pid: day, execTime: at(day) } as ProcessState);
  tee('/etc/cron.d/x', 1);
  assert.equal(installed.isNewByHand('/usr/local/bin/new', at(2)), true);
  assert.equal(installed.isNewByHand('/usr/lib/site/report', at(2)), false);
  tee('/usr/lib/site/report', 3);
  const again = new InstalledPrograms();
  again.restore(structuredClone(installed.snapshot()));
  assert.equal(again.putThere('/usr/lib/site/report')?.command, 'tee /usr/lib/site/report');
  tee('/usr/lib/site/report', 4);
  assert.equal(installed.putThere('/usr/lib/site/report')?.pid, 4, 'the last who did');
});

test('a person wrote a table of jobs: the local programs that run after it for the first time are new by hand', () => {
  for (const table of ['/etc/cron.d/x', '/etc/crontab', '/var/spool/cron/crontabs/root', '/etc/incron.d/x']) {
    const installed = new InstalledPrograms();
    ran(installed, '/usr/local/bin/old', at(1));
    assert.equal(installed.isNewByHand('/usr/local/bin/new', at(2)), false);
    installed.written(table, person, at(2));
    ran(installed, '/usr/local/bin/new', at(3));
    assert.equal(installed.isNewByHand('/usr/local/bin/new', at(3)), true, table);
    assert.equal(installed.isNewByHand('/opt/x/new', at(10)), true);
    assert.equal(installed.isNewByHand('/opt/x/new', at(10.1)), false, 'long after it is another matter');
    assert.equal(installed.isNewByHand('/usr/local/bin/old', at(3)), false, 'it ran before');
    assert.equal(installed.isNewByHand('/usr/sbin/logwatch', at(3)), false, 'packages put programs there');
    const again = new InstalledPrograms();
    again.restore(structuredClone(installed.snapshot()));
    assert.equal(again.isNewByHand('/usr/local/bin/new', at(3)), true, 'kept across a restart');
  }
});

test('tables that no person wrote make nothing new', () => {
  const installed = new InstalledPrograms();
  installed.written('/etc/cron.d/x', process(ID_UNSET), at(2));
  installed.written('/etc/passwd', person, at(2));
  assert.equal(installed.isNewByHand('/usr/local/bin/new', at(3)), false);
});

test('a script stands in for the installed program of its name that it becomes or starts', () => {
  const shell = { ...process(LOGIN), id: 'shell', script: '/home/ops/bin/sudo', exe: '/usr/bin/bash', images: [] };
  const become = (facts: object) =>
    ({ ...process(LOGIN), id: 'run', exe: '/usr/bin/sudo', images: [], execTime: at(1), ...facts }) as ProcessState;
  const standIn = (facts: object, run: string) => {
    const installed = new InstalledPrograms();
    installed.ran(become(facts), true);
    const again = new InstalledPrograms();
    again.restore(installed.snapshot());
    return again.standIn(run);
  };
  const found = { of: '/usr/bin/sudo', time: at(1), raises: true };
  assert.deepEqual(standIn({ images: ['/usr/bin/bash', '/home/ops/bin/sudo'] }, 'run'), found);
  assert.deepEqual(standIn({ parent: shell }, 'shell'), found);
  assert.equal(standIn({ images: ['/home/ops/bin/su'] }, 'run'), undefined);
  assert.equal(standIn({ images: ['/usr/local/bin/sudo'] }, 'run'), undefined);
  assert.equal(standIn({ images: ['/home/ops/bin/sudo'], trusted: false }, 'run'), undefined);
  assert.equal(standIn({ images: ['/home/ops/bin/sudo'], script: '/home/ops/bin/sudo' }, 'run'), undefined);
  for (const classBits of [CLASS.sender, CLASS.mailClient])
    assert.equal(standIn({ images: ['/home/ops/bin/sudo'], classBits }, 'run'), undefined);
});
