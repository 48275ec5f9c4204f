import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { DAY, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const SERVER = '198.51.100.30';
const PULL = '/usr/bin/rsync --server --sender -logDtpre.iLsfxCIvu . /home';

interface Facts {
  readonly nights?: number;
  readonly sudo?: boolean;
  readonly before?: (log: HostLog) => void;
  readonly addresses?: readonly string[];
  readonly line?: string;
  readonly files?: boolean;
}

/** An account whose key a machine has pulls all homes, night after night. */
async function pulled(facts: Facts): Promise<readonly Alert[]> {
  const { nights = 1, sudo = true, before, addresses = [SERVER], line = PULL, files = true } = facts;
  const log = new HostLog({ files, network: false });
  log.shell('dev').run('/usr/bin/vim notes.txt').write('/home/dev/notes.txt');
  before?.(log);
  for (let night = 0; night < nights; night++) {
    const { path } = log.deliver({ to: 'buyer' });
    log.wait(MINUTE);
    const shell = log.remote('ops', `sudo ${line}`, addresses[night % addresses.length] as string);
    const root = { ...shell.who, uid: 0 };
    // The session that sudo opens for root lies within the login, and comes from nowhere.
    if (sudo) log.records.opened('root', '/usr/bin/sudo', root, '?');
    shell.run(line, { who: root }).read(path);
    log.wait(DAY);
  }
  return (await scanLog(log)).filter(({ analytic }) => analytic === 'AN1310');
}
const severities = async (facts: Facts): Promise<string> =>
  [...new Set((await pulled(facts)).map(({ severity }) => severity))].join();

test('a machine that comes for whole trees from one place, on more than one day', async () => {
  const alerts = await pulled({ nights: 3 });
  assert.equal(alerts.length, 3);
  for (const { severity, story } of alerts) {
    assert.equal(severity, 'informational');
    assert.match(story, /to 198\.51\.100\.30\.$/, 'the login says where to, though sudo opened a session in it');
  }
});

test('on one day only, it may be anybody with a key', async () => {
  assert.equal(await severities({}), 'low');
});

test('an account that somebody sits at, that comes from more than one place, or that takes the mail alone is no machine', async () => {
  const sits = (log: HostLog): void => void log.shell('ops', SERVER).run('/usr/bin/uptime');
  assert.equal(await severities({ before: sits, nights: 3 }), 'medium');
  const console = (log: HostLog): void => void log.shell('ops').run('/usr/bin/uptime');
  assert.equal(await severities({ before: console, nights: 3 }), 'medium');
  assert.equal(await severities({ addresses: [SERVER, '203.0.113.66'], nights: 2 }), 'medium');
  const mail = '/usr/bin/rsync --server --sender -logDtpre.iLsfxCIvu . /home/buyer/Maildir';
  assert.equal(await severities({ line: mail, nights: 3 }), 'medium');
});

test('the end of a copy that only gives fills no file, and its options are none', async () => {
  const [alert] = await pulled({ files: false });
  assert.ok(!alert?.steps.some(({ summary }) => /ogDtpre|may have written/.test(summary)));
});
