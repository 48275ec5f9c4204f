import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { factorsOf, scanLog, storyOf } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const PLAIN = 'its user ran it, and it only spoke to the web';
const APP = '/home/dev/Apps/Notes-1.2.AppImage';

/** Saved by a browser (or another client), made executable by hand. */
function saved(path = APP, client = '/usr/lib/firefox/firefox'): { log: HostLog; shell: Process } {
  const log = new HostLog();
  const browser = log.desktop('dev').run(client).connect('203.0.113.80', 443);
  browser.write(`${path}.part`).rename(`${path}.part`, path);
  log.wait(3 * MINUTE);
  const shell = log.shell('dev');
  shell.run(['/bin/chmod', '+x', path]).chmod(path, 0o755);
  return { log, shell };
}

const PLAIN_RUNS: readonly (readonly [says: string, act: (log: HostLog, shell: Process) => void])[] = [
  ['at a terminal', (_, shell) => void shell.run([APP]).connect('198.51.100.9', 443)],
  ['from the desktop', log => void log.desktop('dev').run([APP]).connect('2001:db8::9', 443)],
  [
    'what it carries in itself connects, and it keeps its settings',
    (log, shell) => {
      const inner = shell.run([APP]).run(['/tmp/.mount_NotesXy/AppRun'], { by: '/bin/sh' });
      const app = inner.run(['/tmp/.mount_NotesXy/usr/lib/notes/notes']);
      app.run('/usr/bin/xdg-settings get default-url-scheme-handler notes', { by: '/bin/sh' });
      app.write('/home/dev/.config/Notes/state.json').connect('198.51.100.9', 443).connect('198.51.100.10', 80);
      log.wait(MINUTE);
    },
  ],
];

for (const [says, act] of PLAIN_RUNS)
  test(`the first run of an own download that speaks to the web is medium, as an implant from webmail looks the same: ${says}`, async () => {
    const { log, shell } = saved();
    act(log, shell);
    const alert = storyOf(await scanLog(log), 'AN0321');
    assert.equal(alert.severity, 'medium', factorsOf(alert).join('\n'));
    assert.ok(factorsOf(alert).includes(PLAIN));
  });

const MORE: readonly (readonly [says: string, log: () => HostLog])[] = [
  [
    'another port than those of the web',
    () => {
      const { log, shell } = saved();
      shell.run([APP]).connect('198.51.100.9', 4444);
      return log;
    },
  ],
  [
    'a shell at its command that connects',
    () => {
      const { log, shell } = saved();
      shell
        .run([APP])
        .run(['/bin/sh', '-c', 'x'])
        .run('/usr/bin/curl https://198.51.100.9/x')
        .connect('198.51.100.9', 443);
      return log;
    },
  ],
  [
    'something left behind that runs later',
    () => {
      const { log, shell } = saved();
      shell.run([APP]).connect('198.51.100.9', 443).write('/home/dev/.config/systemd/user/notes.service');
      return log;
    },
  ],
  [
    'a second program that it wrote and ran',
    () => {
      const { log, shell } = saved();
      const app = shell.run([APP]).write('/home/dev/.cache/.n/helper');
      app.run('/home/dev/.cache/.n/helper').connect('198.51.100.9', 443);
      return log;
    },
  ],
  [
    'a messenger that received it',
    () => {
      const { log, shell } = saved(APP, '/usr/bin/signal-desktop');
      shell.run([APP]).connect('198.51.100.9', 443);
      return log;
    },
  ],
  [
    'a name made to look like a document',
    () => {
      const path = '/home/dev/Downloads/terms.pdf.bin';
      const { log, shell } = saved(path);
      shell.run([path]).connect('198.51.100.9', 443);
      return log;
    },
  ],
  [
    'an archive around it',
    () => {
      const { log, shell } = saved('/home/dev/Downloads/notes.tar.xz');
      const tar = shell.run('/usr/bin/tar xf Downloads/notes.tar.xz').read('/home/dev/Downloads/notes.tar.xz');
      tar.write('/home/dev/notes/notes');
      shell.run('./notes/notes').connect('198.51.100.9', 443);
      return log;
    },
  ],
  [
    'a job of cron and not the user that starts it',
    () => {
      const { log } = saved();
      log.cron('dev', APP).run([APP]).connect('198.51.100.9', 443);
      return log;
    },
  ],
];

for (const [says, log] of MORE)
  test(`a first run with more than that stays high: ${says}`, async () => {
    const alert = storyOf(await scanLog(log()), 'AN0321');
    assert.equal(alert.severity, 'high', factorsOf(alert).join('\n'));
    assert.ok(!factorsOf(alert).includes(PLAIN));
  });
