import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const TO = 'partner@example.net';

/** clerk gives a command over ssh; the severity of what is told of it. */
async function given(line: string, { size = 400, times = 1, also = '' } = {}): Promise<string> {
  const log = new HostLog();
  log.deliver();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.wait(MINUTE);
  for (let i = 0; i < times; i++) {
    const shell = log.remote('clerk', line, '198.51.100.50');
    if (also !== '') shell.run(also);
    const mail = shell.run(['/usr/bin/mail', '-s', 'Friday', TO]);
    mail.run('/usr/sbin/sendmail -oi -t');
    log.submitted('clerk', TO, size);
    log.wait(MINUTE);
  }
  const alerts = (await scanLog(log)).filter(({ analytic }) => analytic === 'AN0380');
  return alerts.length === 0 ? '' : storyOf(alerts, 'AN0380').severity;
}

test('a note whose words stand in the command of its writer is nothing to look at', async () => {
  assert.equal(await given(`echo "see you on Friday" | mail -s Friday ${TO}`), 'informational');
  assert.equal(await given(`cd src; printf 'see you\\n' | mail -s Friday ${TO}`), 'informational');
});

test('what a shell puts in place of words, what another program hands on, what is too much for them: told as before', async () => {
  assert.equal(await given(`echo "$(cat /etc/passwd)" | mail -s Friday ${TO}`), 'low', 'substituted');
  assert.equal(await given(`echo "$SECRET" | mail -s Friday ${TO}`), 'low', 'a variable');
  assert.equal(await given(`mail -s Friday ${TO} < notes.txt`), 'low', 'a file');
  assert.equal(await given(`cat notes.txt | mail -s Friday ${TO}`, { also: '/bin/cat notes.txt' }), 'low', 'a file');
  assert.equal(await given(`echo ${'QUJD'.repeat(20)} | mail -s Friday ${TO}`), 'low', 'encoded data');
  assert.equal(await given(`echo "see you" | mail -s Friday ${TO}`, { size: 30_000 }), 'medium', 'more than it says');
});

test('a note of a job, or one typed, is none of these', async () => {
  const log = new HostLog();
  log.deliver();
  const line = `echo "see you" | mail -s Friday ${TO}`;
  log.cron('clerk', line).run(['/usr/bin/mail', '-s', 'Friday', TO]).run('/usr/sbin/sendmail -oi -t');
  log.submitted('clerk', TO, 400);
  assert.equal(storyOf(await scanLog(log), 'AN0380').severity, 'low');
  const typed = new HostLog();
  typed.shell('clerk').run(['/usr/bin/mail', '-s', 'Friday', TO]).run('/usr/sbin/sendmail -oi -t');
  typed.submitted('clerk', TO, 400);
  atMostAt(await scanLog(typed), 'informational');
});
