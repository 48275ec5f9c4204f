import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HOUR, HostLog } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const FAR = 'copy.12@drop.example.net';

interface Came {
  readonly to?: string;
  /** The address that was written to, where it is an alias of that box. */
  readonly alias?: string;
  readonly from?: string;
  /** Where it goes on to, '' for nowhere. */
  readonly on?: string;
  /** The queue id under which local(8) hands it in again; else it leaves under its own. */
  readonly again?: boolean;
  /** It is not put into the box as well. */
  readonly instead?: boolean;
}

interface Relay {
  readonly log: HostLog;
  came(facts?: Came): void;
}

/** A host that gets a letter each four hours. */
function relay(): Relay {
  const log = new HostLog();
  const { records, mail } = log;
  let count = 0;
  const says = (program: string, message: string): void => {
    records.now += 100;
    mail.push(`${new Date(records.now).toISOString().replace('Z', '')}000+00:00 ws1 postfix/${program}: ${message}`);
  };
  const end = 'delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent';
  const came = ({ to = 'clerk', alias = '', from, on = '', again = false, instead = false }: Came = {}): void => {
    count += 1;
    const id = `4F${(0x1000 + count).toString(16).toUpperCase()}`;
    const sender = from ?? `stranger${count}@example.net`;
    const asked = `${alias || to}@example.org`;
    says('smtpd[901]', `${id}: client=mail.example.net[203.0.113.10]`);
    says('cleanup[902]', `${id}: message-id=<${id}@mail.example.net>`);
    says('qmgr[903]', `${id}: from=<${sender}>, size=900, nrcpt=1 (queue active)`);
    const orig = alias === '' ? '' : `, orig_to=<${asked}>`;
    if (!instead)
      says('local[905]', `${id}: to=<${to}@example.org>${orig}, relay=local, ${end} (delivered to maildir)`);
    const leaves = again ? `5${id}` : id;
    if (on !== '' && again) {
      says('local[905]', `${id}: to=<${asked}>, relay=local, ${end} (forwarded as ${leaves})`);
      says('qmgr[903]', `${leaves}: from=<${sender}>, size=990, nrcpt=1 (queue active)`);
    }
    if (on !== '')
      says(
        'smtp[906]',
        `${leaves}: to=<${on}>, orig_to=<${asked}>, relay=mx.example.net[203.0.113.66]:25, ${end} (250 2.0.0 Ok)`,
      );
    says('qmgr[903]', `${id}: removed`);
    if (leaves !== id) says('qmgr[903]', `${leaves}: removed`);
    log.wait(4 * HOUR);
  };
  return { log, came };
}

const times = (count: number, act: () => void): void => {
  for (let i = 0; i < count; i++) act();
};
const told = (alerts: readonly Alert[]): string =>
  alerts.map(({ analytic, severity, title }) => `${analytic} ${severity} ${title}`).join();

async function heard(act: (log: Relay) => void): Promise<string> {
  const host = relay();
  act(host);
  const alerts = await scanLog(host.log);
  for (const each of alerts) linksHold(each);
  return told(alerts);
}
const tells = (severity: string): string => `AN1310 ${severity} Mail of clerk is sent on to ${FAR}`;

test('after days without it, all letters of a box go to an address elsewhere as well: medium, by the log alone', async () => {
  for (const again of [false, true])
    assert.equal(
      await heard(log => {
        times(8, () => log.came());
        log.came({ to: 'buyer' });
        times(4, () => log.came({ on: FAR, again }));
        log.came({ to: 'buyer' });
      }),
      tells('medium'),
      again ? 'handed in again' : 'under its own queue id',
    );
});

test('what reaches the box by a role or a list tells neither way', async () => {
  assert.equal(
    await heard(log => {
      times(8, () => log.came());
      log.came({ on: FAR });
      times(2, () => log.came({ alias: 'info' }));
      times(3, () => log.came({ on: FAR }));
    }),
    tells('medium'),
  );
});

test('little mail before it, or none that stays in the box: low', async () => {
  assert.equal(
    await heard(log => {
      times(4, () => log.came());
      times(4, () => log.came({ on: FAR }));
    }),
    tells('low'),
  );
  assert.equal(
    await heard(log => {
      times(8, () => log.came());
      times(4, () => log.came({ on: FAR, instead: true }));
    }),
    tells('low'),
    'who leaves has all of it sent on',
  );
});

test('a redirection that is old, within the house, of a role, or of some letters only is none that was added', async () => {
  const onward =
    (facts: Came, count = 4) =>
    (log: Relay) =>
      times(count, () => log.came(facts));
  const before = (log: Relay) => times(8, () => log.came());
  const quiet: Readonly<Record<string, (log: Relay) => void>> = {
    'from the beginning of the log on': onward({ on: FAR }, 12),
    'to a colleague': log => {
      before(log);
      onward({ on: 'dev@example.org' })(log);
    },
    'a role of which somebody elsewhere is one': log => {
      before(log);
      onward({ alias: 'info', on: FAR, again: true })(log);
    },
    'two letters': log => {
      before(log);
      onward({ on: FAR }, 2)(log);
    },
    'letters of one sender, by a filter': log => {
      before(log);
      onward({ on: FAR, from: 'friend@example.com' })(log);
    },
    'not all of them': log => {
      before(log);
      onward({ on: FAR })(log);
      log.came();
      onward({ on: FAR })(log);
    },
  };
  for (const [says, act] of Object.entries(quiet)) assert.equal(await heard(act), '', says);
});

test('where the writing of it was seen, it is told once', async () => {
  const said = await heard(log => {
    times(8, () => log.came());
    log.log.shell('clerk').write('/home/clerk/.forward');
    log.log.wait(HOUR);
    times(4, () => log.came({ on: FAR, again: true }));
  });
  assert.equal(said, tells('medium'));
});
