import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { atMostAt, firesAt, scanLog, valuesOf } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** Foreign content that is loaded into a known program; and content that looks like code and is only read. */
const OUT = '203.0.113.66';
const OBJECT = '/home/clerk/Documents/libcompat.so.1';
const SCRIPT = '/home/clerk/Documents/install.sh';

/** Telemetry as given; a message whose attachment Thunderbird saves to `path`; a shell of its reader. */
function saved(path: string, files = true): { log: HostLog; shell: Process } {
  const log = new HostLog({ files });
  const message = log.deliver();
  log.wait(MINUTE);
  const client = log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird').read(message.path);
  client.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}

test('a shared object from a message is preloaded into an ordinary program, which reaches out', async () => {
  const { log, shell } = saved(OBJECT);
  shell.run('/usr/bin/sort /etc/hostname').read(OBJECT).connect(OUT, 443);
  const alerts = await scanLog(log);
  const alert = firesAt(alerts, 'AN0656', 'medium');
  assert.deepEqual(valuesOf(alert, 'file'), [OBJECT]);
  assert.ok(alert.story.includes('is run through the dynamic loader'), alert.story);
  assert.deepEqual(
    alerts.filter(each => each.analytic === 'AN1310').map(each => each.severity),
    [],
  );
});

test('a tool that reads only what it is told to loads an engine out of a message, because its settings say so', async () => {
  const { log, shell } = saved(OBJECT);
  shell.run('/usr/bin/openssl req -config ca.cnf -newkey rsa:2048 -out shop.csr').read(OBJECT).connect(OUT, 80);
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

test('env is told to preload it, and only programs are recorded', async () => {
  const { log, shell } = saved(OBJECT);
  shell.run(`/usr/bin/env LD_PRELOAD=${OBJECT} /usr/bin/sort /etc/hostname`);
  firesAt(await scanLog(log), 'AN0656', 'medium');
});

const LOOKED_AT: Readonly<Record<string, (shell: Process) => Process>> = {
  'strings of it': shell => shell.run(`/usr/bin/strings -n 8 ${OBJECT}`),
  'its checksum': shell => shell.run('/usr/bin/sha256sum -c sums'),
  'a word in the folder': shell => shell.run('/usr/bin/grep -r word', { cwd: '/home/clerk/Documents' }),
  'its folder, listed by a script': shell => shell.run('/usr/bin/python3 bin/sizes.py Documents'),
  'its checksum by openssl': shell => shell.run(`/usr/bin/openssl dgst -sha256 ${OBJECT}`),
  'its disassembly': shell => shell.run('/usr/bin/objdump -d libcompat.so.1', { cwd: '/home/clerk/Documents' }),
  'a copy to the backup': shell => shell.run('/usr/bin/rsync -a --files-from list . b:/x'),
};
for (const [says, act] of Object.entries(LOOKED_AT))
  test(`a shared object from a message is looked at: ${says}`, async () => {
    const { log, shell } = saved(OBJECT);
    act(shell).read(OBJECT);
    atMostAt(await scanLog(log), 'informational');
  });

const READ: readonly (readonly string[])[] = [
  ['/usr/bin/perl', '-ne', 'print if /http/', SCRIPT],
  ['/usr/bin/python3', '-c', 'import sys, hashlib; print(hashlib.sha256(open(sys.argv[1], "rb").read()))', SCRIPT],
  ['/usr/bin/python3', '-c', `print(len(open("${SCRIPT}").read()))`],
  ['/usr/bin/awk', '-F', ':', '/^__END__/{print NR+1; exit}', SCRIPT],
  ['/usr/bin/ruby', '-pe', '$_.upcase!', SCRIPT],
  ['/bin/bash', '-c', `while read -r a; do echo "$a"; done < ${SCRIPT}`],
  ['/bin/sh', '-c', 'for f in "$@"; do wc -l < "$f"; done', 'x', SCRIPT],
  ['/usr/bin/python3', '/home/clerk/bin/scan.py', SCRIPT],
];
for (const argv of READ)
  test(`a script from a message is a text to ${argv.slice(0, 3).join(' ')}`, async () => {
    const { log, shell } = saved(SCRIPT);
    shell.run(argv).read(SCRIPT);
    atMostAt(await scanLog(log), 'informational');
  });

const RUN: readonly (readonly string[])[] = [
  ['/bin/bash', '-c', '. "$1"', 'x', SCRIPT],
  ['/bin/bash', '-c', 'source "$1"; true', 'x', SCRIPT],
  ['/usr/bin/perl', '-e', 'do $ARGV[0]', SCRIPT],
  ['/usr/bin/python3', '-c', 'import sys; exec(open(sys.argv[1]).read())', SCRIPT],
  ['/bin/bash', SCRIPT],
];
for (const argv of RUN)
  test(`a script from a message is run by ${argv.slice(0, 3).join(' ')}`, async () => {
    const { log, shell } = saved(SCRIPT);
    shell.run(argv).read(SCRIPT).run('/usr/bin/curl http://x/y').connect(OUT, 80);
    firesAt(await scanLog(log), 'AN0656', 'high');
  });

test('a module of the language, asked for where downloads lie: of the two files that it might be no record tells', async () => {
  const { log, shell } = saved(SCRIPT);
  shell.run('/usr/bin/python3 -m zipfile -l x.zip', { cwd: '/home/clerk/Downloads' });
  assert.deepEqual(await scanLog(log), []);
});

test('and where no files are recorded, it may have been saved there', async () => {
  const log = new HostLog({ files: false });
  log.deliver();
  log.desktop('clerk').run('/usr/lib/thunderbird/thunderbird');
  log.wait(MINUTE);
  log.shell('clerk').run('/usr/bin/python3 -m report', { cwd: '/home/clerk/Downloads' });
  firesAt(await scanLog(log), 'AN0656', 'low');
});
