import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, SECOND } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { asksQueue } from './queue-words.ts';

/** Scripts of people that bear the name of an installed program. */

const TO = 'kit@example.com';
const STANDS_IN = 'what sends it stands in for another program';
const SET_UID = 0o104755;

interface Wrapped {
  readonly script?: string;
  /** The installed program, and whether it takes on another account's rights. */
  readonly program?: string;
  readonly raises?: boolean;
  /** What is sent before the program starts, and after. */
  readonly before?: boolean;
  readonly asChild?: boolean;
  readonly to?: string;
}

async function told(facts: Wrapped): Promise<{ severity: string; factors: string[]; steps: string[] } | null> {
  const { script = '/home/ops/.local/bin/sudo', program = '/usr/bin/sudo', to = TO } = facts;
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('ops');
  if (facts.raises !== false) shell.chmod(program, SET_UID);
  const sends = (run: Process): void => {
    run.fork().run('/usr/sbin/sendmail -t -i').run('/usr/sbin/postdrop -r');
    log.submitted('ops', to, 350);
    log.wait(SECOND);
  };
  for (let i = 0; i < 2; i++) {
    const run = shell.run(`${script} ls`, { by: '/bin/bash' });
    if (facts.before !== false) sends(run);
    if (facts.asChild === true) run.run(`${program} ls`);
    if (facts.before === false) sends(run);
    if (facts.asChild !== true) run.exec(`${program} ls`);
    log.wait(20 * SECOND);
  }
  const [alert] = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  if (alert === undefined) return null;
  const factors = alert.factors.map(({ weight, name }) => `${weight} ${name}`);
  return { severity: alert.severity, factors, steps: alert.steps.map(({ summary }) => summary) };
}

test('a script with the name of a program that raises rights mails outside each time, and starts that program', async () => {
  for (const asChild of [false, true]) {
    const found = await told({ asChild });
    assert.equal(found?.severity, 'medium');
    assert.ok(found?.factors.includes(`2 ${STANDS_IN}`), found?.factors.join());
    assert.equal(found?.steps.filter(step => step.startsWith('runs /home/ops/.local/bin/sudo')).length, 2);
  }
  assert.equal((await told({ asChild: true, before: false }))?.severity, 'medium', 'once it is done');
});

test('of a program that raises none, what is sent before it starts counts; a notice that it is done does not', async () => {
  const make = { script: '/home/ops/bin/make', program: '/usr/bin/make', raises: false, asChild: true };
  assert.ok((await told(make))?.factors.includes(`1 ${STANDS_IN}`));
  assert.equal(await told({ ...make, before: false }), null);
});

test('a script of another name, one where programs are installed, and one that writes to people here are left alone', async () => {
  assert.equal(await told({ script: '/home/ops/.local/bin/as-root' }), null, 'of another name');
  assert.equal(await told({ script: '/usr/local/bin/sudo' }), null, 'of the site');
  const inside = await told({ to: 'ops@example.org' });
  assert.ok(inside === null || inside.severity === 'informational', inside?.severity);
  const mailer = await told({ script: '/home/ops/bin/mail', program: '/usr/bin/mail', raises: false });
  assert.equal(mailer, null, 'around a mail program');
});

test('a job that is the script itself begins with it, and is told once', async () => {
  const log = new HostLog();
  log.deliver();
  const job = log.cron('ops', '/home/ops/bin/make all').exec('/home/ops/bin/make all', { by: '/bin/bash' });
  job.fork().run(`/usr/sbin/sendmail ${TO}`).run('/usr/sbin/postdrop -r');
  log.submitted('ops', TO, 350);
  log.wait(SECOND);
  job.exec('/usr/bin/make all');
  const [alert] = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  assert.ok(alert);
  assert.ok(alert.factors.some(({ name }) => name === STANDS_IN));
  const summaries = alert.steps.map(({ summary }) => summary);
  assert.equal(summaries.filter(each => /^cron job begins|^runs /.test(each)).length, 1, summaries.join('\n'));
  assert.ok(alert.links.every(({ from, to }) => from !== to));
});

test('sendmail in its other modes sends nothing, whatever its name', () => {
  const asks = (line: string): boolean => asksQueue({ argv: line.split(' ') });
  for (const line of [
    'mailq',
    '/usr/bin/newaliases',
    'sendmail -bp',
    '/usr/sbin/sendmail -q',
    'exim4 -qff',
    'exim -bd',
  ])
    assert.ok(asks(line), line);
  for (const line of [
    'sendmail -t',
    'sendmail -bs',
    'sendmail a@example.net',
    'mailq a@example.net',
    'sendmail -q -bm',
    'mail -q x',
  ])
    assert.ok(!asks(line), line);
  assert.ok(!asks(''));
});

test('the queue that was looked at moments before takes no message from who sends', async () => {
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('ops');
  shell.run('/usr/sbin/sendmail', { argv0: 'mailq' });
  log.wait(SECOND);
  const job = log.cron('ops', `gzip -c x | sendmail ${TO}`);
  const [, mail] = job.pipeline('/usr/bin/gzip -c x', `/usr/sbin/sendmail ${TO}`);
  mail?.run('/usr/sbin/postdrop -r');
  log.submitted('ops', TO, 3000);
  const [alert] = await scanLog(log);
  assert.match(alert?.story ?? '', /1 confirmed/);
});
