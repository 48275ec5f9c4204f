import { test } from 'node:test';
import type { Process } from './an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from './an0656-phishing-attachment-executed/host-log.test-support.ts';
import { firesAt, scanLog, silent } from './an0656-phishing-attachment-executed/stories.test-support.ts';

/** A script out of a download that its reader looks at first. */
const SCRIPT = '/home/clerk/Downloads/deploy.sh';

function saved(): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const browser = log.desktop('clerk').run('/usr/lib/firefox/firefox').connect('203.0.113.80', 443);
  browser.write(`${SCRIPT}.part`).rename(`${SCRIPT}.part`, SCRIPT);
  log.wait(MINUTE);
  return { log, shell: log.shell('clerk') };
}
const check = (shell: Process): Process => shell.run(`/bin/bash -n ${SCRIPT}`).read(SCRIPT);

test('a script that is only checked for its grammar is not run', async () => {
  const { log, shell } = saved();
  check(shell);
  const lint = shell.run('/home/clerk/bin/lint', { by: '/bin/sh' });
  check(lint);
  lint.run('/usr/bin/curl -s http://backup.example.org/').connect('203.0.113.9', 80);
  silent(await scanLog(log));
});

test('a script that is checked and then run is', async () => {
  const { log, shell } = saved();
  check(shell);
  log.wait(MINUTE);
  shell.run(`/bin/bash ${SCRIPT} -n`).read(SCRIPT).run('/usr/bin/curl http://x/').connect('203.0.113.66', 80);
  firesAt(await scanLog(log), 'AN0321', 'high');
});
