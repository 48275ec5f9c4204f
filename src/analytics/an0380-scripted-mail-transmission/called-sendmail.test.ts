import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, storyOf, valuesOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'drop@example.net';

const SMTPD = (id: string, size: number, to = OUT): string[] => [
  `smtpd[134]: ${id}00000001 smtp connected address=local host=ws1.example.org`,
  `smtpd[134]: ${id}00000001 smtp message msgid=${id} size=${size} nrcpt=1 proto=ESMTP`,
  `smtpd[134]: ${id}00000001 smtp envelope evpid=${id}3bd32d64 from=<clerk@example.org> to=<${to}>`,
  `smtpd[134]: c7b56175b592bd7e mta delivery evpid=${id}3bd32d64 from=<clerk@example.org> to=<${to}> rcpt=<-> source="198.51.100.10" relay="203.0.113.10 (mail.example.net)" delay=1s result="Ok" stat="250 2.0.0 Ok"`,
];

function log(lines: (log: HostLog, say: (lines: readonly string[]) => void) => void): HostLog {
  const made = new HostLog();
  made.mail.length = 0;
  made.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  lines(made, said => {
    for (const line of said) {
      made.records.now += 1;
      made.mail.push(`${new Date(made.records.now).toISOString().replace('Z', '')}000+00:00 ws1 ${line}`);
    }
  });
  return made;
}

/** A job encodes a piece and hands it to a program that is called as `as` and lies at `exe`. */
function piece(made: HostLog, exe: string, as: string): void {
  const shell = made.cron('clerk', 'x');
  shell.run('/usr/bin/base64 fc.aa');
  shell.run([as, '-t'], { argv0: as, exe });
}

test("what is called as sendmail sends, though the program is another's: each piece is joined to its own message", async () => {
  const made = log((host, say) => {
    piece(host, '/usr/sbin/smtpctl', '/usr/sbin/sendmail');
    say(SMTPD('153ec09e', 81_374));
    host.wait(5000);
    piece(host, '/usr/sbin/smtpctl', '/usr/sbin/sendmail');
    say(SMTPD('253ec09e', 81_374));
  });
  const found = storyOf(await scanLog(made), 'AN0380');
  assert.equal(found.severity, 'medium');
  assert.deepEqual(valuesOf(found, 'message'), ['153ec09e', '253ec09e']);
  assert.ok(found.story.includes('2 confirmed'), found.story);
});

test('the same program called by another name, or asked for the queue, sends nothing', async () => {
  for (const as of ['/usr/sbin/smtpctl', '/usr/sbin/makemap']) {
    const made = log(host => piece(host, '/usr/sbin/smtpctl', as));
    assert.deepEqual(await scanLog(made), [], as);
  }
  const asked = log(host => {
    const shell = host.cron('clerk', 'x');
    shell.run(['/usr/sbin/sendmail', '-bp'], { argv0: '/usr/sbin/sendmail', exe: '/usr/sbin/smtpctl' });
  });
  assert.deepEqual(await scanLog(asked), []);
});

test('two messages in one moment, of which nobody is known to be the sender, are not told apart', async () => {
  const made = log((host, say) => {
    piece(host, '/usr/sbin/smtpctl', '/usr/sbin/sendmail');
    say([...SMTPD('153ec09e', 81_374), ...SMTPD('253ec09e', 700, 'other@example.com')]);
  });
  assert.deepEqual(valuesOf(storyOf(await scanLog(made), 'AN0380'), 'message'), []);
});
