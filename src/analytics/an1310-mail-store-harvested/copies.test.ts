import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { linksHold, scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';

const COPY = 'copy.12@drop.example.net';

interface Came {
  readonly to?: string;
  readonly from?: string;
  /** '' where no line tells it. */
  readonly client?: string;
  readonly login?: boolean;
  /** Who else gets it, by another host; '' for nobody. */
  readonly also?: string;
  readonly instead?: boolean;
  /** Whom that recipient stands for, by an alias. */
  readonly alias?: string;
  /** A command of this host takes it, and not another host. */
  readonly command?: boolean;
}

interface Relay {
  readonly log: HostLog;
  came(facts?: Came): void;
}

/** A host whose Postfix takes messages from others, a minute apart. */
function relay(): Relay {
  const log = new HostLog();
  const { records, mail } = log;
  let count = 0;
  const says = (program: string, message: string): void => {
    records.now += 100;
    mail.push(`${new Date(records.now).toISOString().replace('Z', '')}000+00:00 ws1 postfix/${program}: ${message}`);
  };
  const came = ({ to = 'clerk', from, client = '203.0.113.10', login, also = '', ...more }: Came = {}): void => {
    const { instead, alias, command } = more;
    count += 1;
    const id = `4F${(0x1000 + count).toString(16).toUpperCase()}`;
    const user = login === true ? ', sasl_method=PLAIN, sasl_username=dev' : '';
    if (client !== '') says('smtpd[901]', `${id}: client=mail.example.net[${client}]${user}`);
    says('cleanup[902]', `${id}: message-id=<${id}@mail.example.net>`);
    const sender = from ?? `stranger${count}@example.net`;
    says('qmgr[903]', `${id}: from=<${sender}>, size=900, nrcpt=${also === '' ? 1 : 2} (queue active)`);
    const end = 'delay=0.1, delays=0/0/0/0, dsn=2.0.0, status=sent';
    if (instead !== true)
      says('local[905]', `${id}: to=<${to}@example.org>, relay=local, ${end} (delivered to maildir)`);
    const recipient = alias === undefined ? `to=<${also}>` : `to=<${also}>, orig_to=<${alias}>`;
    if (command === true) says('pipe[906]', `${id}: ${recipient}, relay=keep, ${end} (delivered via keep service)`);
    else if (also !== '')
      says('smtp[906]', `${id}: ${recipient}, relay=mx.example.net[203.0.113.66]:25, ${end} (250 2.0.0 Ok)`);
    says('qmgr[903]', `${id}: removed`);
    log.wait(MINUTE);
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
  return told(await scanLog(host.log));
}
const LOW = `AN1310 low Mail of clerk goes to ${COPY} as well`;

test('from one moment on all mail of strangers for a box is copied: the log alone says so', async () => {
  const before = (log: Relay) => times(3, () => log.came());
  const copied = (log: Relay) => times(3, () => log.came({ also: COPY }));
  assert.equal(
    await heard(log => {
      before(log);
      log.came({ to: 'buyer' });
      copied(log);
      log.came({ to: 'buyer' });
    }),
    LOW,
  );
  assert.equal(await heard(copied), '', 'nothing before it');
  assert.equal(
    await heard(log => {
      before(log);
      times(2, () => log.came({ also: COPY }));
    }),
    '',
    'two are a chance',
  );
  assert.equal(
    await heard(log => {
      before(log);
      log.came({ also: COPY });
      log.came();
      times(3, () => log.came({ also: COPY }));
    }),
    '',
    'not all of it',
  );
  assert.equal(
    await heard(log => {
      before(log);
      times(4, () => log.came({ also: COPY, from: 'friend@example.com' }));
    }),
    '',
    'one who writes to both',
  );
});

test('mail of the own people counts neither before nor among the copies, and what came after them neither', async () => {
  for (const facts of [{ login: true }, { from: 'dev@example.org' }, { client: '' }]) {
    assert.equal(
      await heard(log => {
        times(3, () => log.came(facts));
        times(3, () => log.came({ also: COPY }));
      }),
      '',
      `only such before: ${JSON.stringify(facts)}`,
    );
    assert.equal(
      await heard(log => {
        times(3, () => log.came());
        log.came({ also: COPY });
        log.came(facts);
        times(2, () => log.came({ also: COPY }));
      }),
      LOW,
      JSON.stringify(facts),
    );
  }
  const ended = await heard(log => {
    times(3, () => log.came());
    times(3, () => log.came({ also: COPY }));
    log.came();
  });
  assert.equal(ended, LOW);
});

test('only of the box that all of it was for', async () => {
  const both = await heard(log => {
    times(3, () => log.came());
    times(3, () => log.came({ to: 'buyer' }));
    log.came({ to: 'buyer', also: COPY });
    times(3, () => log.came({ also: COPY }));
  });
  assert.equal(both, LOW);
});

test('who may name anybody as a recipient named that one too', async () => {
  for (const facts of [
    { login: true },
    { client: '127.0.0.1' },
    { from: 'dev@example.org' },
    { also: 'dev@example.org' },
    { client: '' },
    { alias: 'clerk@example.org' },
    { command: true },
  ])
    assert.equal(
      await heard(log => {
        times(3, () => log.came());
        times(4, () => log.came({ also: COPY, ...facts }));
      }),
      '',
      JSON.stringify(facts),
    );
  const passed = await heard(log => {
    times(3, () => log.came());
    times(4, () => log.came({ also: COPY, instead: true }));
  });
  assert.equal(passed, '', 'a server that passes mail on to another one');
});

/** ops has root set it up by postconf(1), or else edits main.cf, hours after mail came. */
async function set(line: string, came: Came, before: Came = {}): Promise<readonly Alert[]> {
  const { log, came: arrives } = relay();
  times(2, () => arrives(before));
  log.wait(HOUR);
  const shell = log.shell('ops');
  const who = { ...shell.who, uid: 0 };
  const words = line === '' ? ['vim', '/etc/postfix/main.cf'] : ['postconf', '-e', line];
  const sudo = shell.run(['/usr/bin/sudo', ...words], { who });
  sudo.run([line === '' ? '/usr/bin/vim' : '/usr/sbin/postconf', ...words.slice(1)]).write('/etc/postfix/main.cf');
  log.wait(MINUTE);
  arrives(came);
  return scanLog(log);
}

test('the setting by which the server copies is told with who set it, and what left since', async () => {
  const map = 'recipient_bcc_maps = hash:/etc/postfix/checks';
  const alerts = await set(map, { also: COPY });
  assert.equal(told(alerts), `AN1310 medium Mail of clerk is sent on to ${COPY}`);
  assert.match(alerts[0]?.story ?? '', /ops wrote .*main\.cf \(recipient_bcc_maps = hash:\/etc\/postfix\/checks\)/);
  for (const each of alerts) linksHold(each);
  assert.equal(
    told(await set(`always_bcc=${COPY}`, { also: COPY })),
    `AN1310 medium Mail of clerk is sent on to ${COPY}`,
  );
});

test('main.cf was edited, and since then mail is copied', async () => {
  const [alert, ...more] = await set('', { also: COPY });
  assert.ok(alert !== undefined && more.length === 0);
  assert.equal(told([alert]), `AN1310 medium Mail of clerk is sent on to ${COPY}`);
  assert.match(alert.story, /ops wrote \/etc\/postfix\/main\.cf with vim; since then 1 message /);
  const same = await set('', { also: COPY }, { also: COPY });
  assert.equal(told(same), 'AN1310 informational Mail redirection written: /etc/postfix/main.cf', 'as before');
});

test('nothing left by it, or not to whom it names; another setting', async () => {
  const written = 'AN1310 informational Mail redirection written: /etc/postfix/main.cf';
  assert.equal(told(await set('recipient_bcc_maps = hash:/etc/postfix/checks', {})), written);
  assert.equal(told(await set('always_bcc=archive@example.org', { also: COPY })), written);
  assert.equal(told(await set('always_bcc=other@example.net', { also: COPY })), written);
  assert.equal(told(await set('virtual_alias_maps=hash:/etc/postfix/x', { also: COPY })), written);
  assert.equal(told(await set(`always_bcc=${COPY}`, { also: COPY, login: true })), written, 'whom its sender named');
});
