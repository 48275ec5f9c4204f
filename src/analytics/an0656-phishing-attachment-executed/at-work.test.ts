import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../events/alert.ts';
import { DAY, HOUR, HostLog, MINUTE } from './host-log.test-support.ts';
import { atMostAt, firesAt, inOrder, scanLog, silent } from './stories.test-support.ts';

const OUT = '203.0.113.66';
const EXECVE = 59;
const CONNECT = 42;
const CHMOD = 268;
const CLIENT = '/usr/lib/thunderbird/thunderbird';

/** Rules of which sites have many: some watched programs, modes and connections; no folders. */
function keep(log: HostLog, kept: (syscall: number, exe: string) => boolean): void {
  const serialOf = (line: string): string => /:(\d+)\)/.exec(line)?.[1] ?? '';
  const left = new Set<string>();
  for (const line of log.records.lines) {
    const call = / syscall=(\d+) /.exec(line);
    if (call !== null && kept(Number(call[1]), / exe="([^"]*)"/.exec(line)?.[1] ?? '')) left.add(serialOf(line));
  }
  const lines = log.records.lines.filter(
    line => !line.startsWith('type=CWD') && (line.startsWith('type=USER_START') || left.has(serialOf(line))),
  );
  log.records.lines.splice(0, log.records.lines.length, ...lines);
}

const sparse = (syscall: number, exe: string): boolean =>
  syscall === CHMOD ||
  syscall === CONNECT ||
  (syscall === EXECVE && exe.startsWith('/usr/bin/') && exe !== '/usr/bin/sh');

/** Somebody's client saves an archive; the next day a program at `path` does something. */
async function told(
  path: string,
  does: { readonly unpacks?: string; readonly saved?: string; readonly user?: string; readonly by?: string } = {},
): Promise<readonly Alert[]> {
  const log = new HostLog();
  log.deliver({ to: 'clerk', unseen: true });
  const client = log.desktop('clerk').run(CLIENT);
  client.chmod(does.saved ?? '/home/clerk/papers/offer.tar.gz', 0o644);
  log.wait(HOUR);
  const shell = log.shell('clerk');
  if (does.unpacks !== undefined) shell.run(does.unpacks, { cwd: '/home/clerk/papers' });
  log.wait(DAY);
  const later = log.shell(does.user ?? 'clerk');
  const options = does.by === undefined ? {} : { by: does.by };
  later.run(path, options).connect(OUT, 8443);
  keep(log, sparse);
  return await scanLog(log);
}

test('a program that no record shows starting is known by what it does: in the folder of a saved archive', async () => {
  const alert = firesAt(await told('/home/clerk/papers/offer/view'), 'AN0656', 'medium');
  inOrder(alert, [
    ['file.created', '/home/clerk/papers/offer.tar.gz'],
    ['file.placed', '/home/clerk/papers/offer/view'],
    ['content.executed', 'found at work as a program'],
    ['network.connected', `${OUT}:8443`],
  ]);
  assert.ok(alert.missing.some(text => text.startsWith('No record tells of its start')));
});

test('the archiver whose words name the archive, in whatever folder, joins them too', async () => {
  const alerts = await told('/home/clerk/papers/another/run.me', { unpacks: '/usr/bin/tar xzf offer.tar.gz' });
  inOrder(firesAt(alerts, 'AN0656', 'medium'), [
    ['process.started', 'is given /home/clerk/papers/offer.tar.gz'],
    ['content.executed', '/home/clerk/papers/another/run.me'],
  ]);
});

test('what a client saved and then runs under its own name', async () => {
  const saved = '/home/clerk/papers/viewer';
  const alert = firesAt(await told(saved, { saved }), 'AN0656', 'medium');
  const run = alert.links.find(link => link.kind === 'execution');
  assert.equal(run?.strength, 'observed');
});

test('a script has its interpreter for an executable: its command name tells', async () => {
  const saved = '/home/clerk/papers/check-quota.pl';
  firesAt(await told(saved, { saved, by: '/usr/bin/sh' }), 'AN0656', 'medium');
});

test('a program elsewhere, or of another person, is none of the archive', async () => {
  silent(await told('/home/clerk/bin/view'));
  silent(await told('/home/clerk/papers/offers/view'));
  silent(await told('/home/buyer/papers/offer/view', { user: 'buyer' }));
  silent(await told('/usr/lib/firefox/firefox'));
  silent(await told('/home/clerk/papers/another/view', { unpacks: '/usr/bin/tar czf offer.tar.gz another' }));
});

test('a tool of the system whose command name is no file that came', async () => {
  silent(await told('/home/clerk/bin/sums.pl', { by: '/usr/bin/sh' }));
});

test('what ran before the records begin was not brought by what came later', async () => {
  const log = new HostLog();
  log.deliver({ to: 'clerk', unseen: true });
  const old = log.shell('clerk').run('/home/clerk/Downloads/sync/app');
  log.records.lines.splice(0, log.records.lines.length);
  log.desktop('clerk').run('/usr/bin/id');
  log.wait(MINUTE);
  old.connect(OUT, 443);
  keep(log, sparse);
  atMostAt(await scanLog(log), 'informational');
});

test('a client that puts its own settings in order saves nothing', async () => {
  silent(await told('/home/clerk/.config/tool/run', { saved: '/home/clerk/.config/tool.zip' }));
});
