import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, HostLog, MINUTE } from '../an0656-phishing-attachment-executed/host-log.test-support.ts';
import { scanLog, silent } from '../an0656-phishing-attachment-executed/stories.test-support.ts';
import { message, outcome, send } from './made-up.test-support.ts';
import type { Outcome } from './outcome.ts';
import { isRoutine } from './routine.ts';

/** Runs of a job: when each begins, and what it sends to whom. */
const runs = (
  ...all: readonly (readonly [start: number, ...sends: readonly (readonly [to: string, size: number])[]])[]
): Outcome[] =>
  all.flatMap(([start, ...sends]) =>
    sends.map(([to, sizeBytes], i) =>
      outcome({ send: send({ time: (start + i * MINUTE) as never }), message: message({ sizeBytes }, [to]) }),
    ),
  );
const A = ['a@example.net', 900] as const;
const B = ['b@example.com', 840] as const;
const C = ['c@example.net', 880] as const;

test('a run of every night is known by its hour, its sizes, and by most of those it writes to', () => {
  const nights = [A, A, A, A].map((each, i) => [i * DAY, each, B] as const);
  assert.equal(isRoutine(runs(...nights), 3), true);
  assert.equal(isRoutine(runs(...nights.slice(1)), 3), false, 'three are not more than three');
  assert.equal(isRoutine(runs([0, A, B], [DAY, A, B], [2 * DAY, A, B, C], [3 * DAY, A, B, C]), 3), true, 'one joins');
  assert.equal(isRoutine(runs([0, A], [3 * DAY, A], [4 * DAY, A], [5 * DAY, A]), 3), true, 'over a weekend');
  assert.equal(isRoutine(runs([0, A], [DAY + HOUR, A], [2 * DAY, A], [3 * DAY, A]), 3), true, 'an hour later');
});

test('what comes at another hour, grows, or goes to ever new people is none', () => {
  const at = (hours: number) => runs([0, A], [DAY, A], [2 * DAY, A], [3 * DAY + hours, A]);
  assert.equal(isRoutine(at(2 * HOUR), 3), false, 'another hour');
  assert.equal(isRoutine(runs([0, A], [HOUR, A], [2 * HOUR, A], [3 * HOUR, A]), 3), false, 'hour by hour');
  const sized = (bytes: number) => runs([0, A], [DAY, A], [2 * DAY, A], [3 * DAY, ['a@example.net', bytes]]);
  assert.equal(isRoutine(sized(2700), 3), true);
  assert.equal(isRoutine(sized(2701), 3), false, 'more than three times as large');
  assert.equal(isRoutine(sized(-1), 3), false, 'of no known size');
  const large = [0, 1, 2, 3].map(i => [i * DAY, ['a@example.net', 17_000]] as const);
  assert.equal(isRoutine(runs(...large), 3), false, 'no short report');
  const strangers = [0, 1, 2, 3].map(i => [i * DAY, [`r${i}@example.net`, 900]] as const);
  assert.equal(isRoutine(runs(...strangers), 3), false, 'nobody twice');
});

interface Job {
  readonly user?: string;
  readonly path?: string;
  readonly size?: number;
  readonly hours?: readonly number[];
}

/** A service that packs and mails a report to two outside, every night, by a client of its own. */
function nights({ user = 'amavis', path = '/opt/reports/send', size = 850, hours = [] }: Job): HostLog {
  const log = new HostLog();
  log.shell('ops').run('/usr/bin/vim notes.txt').write('/home/ops/notes.txt');
  log.deliver();
  for (let night = 0; night < 6; night++) {
    log.wait(DAY + (hours[night] ?? 0) * HOUR);
    const job = log.service(path, user, { by: '/usr/bin/perl' });
    for (const to of night % 3 === 2
      ? ['a@example.net', 'b@example.com', 'c@example.net']
      : ['a@example.net', 'b@example.com']) {
      log.wait(2000);
      job.write(`/var/lib/reports/${to}.xml`).run(`/usr/bin/gzip -f /var/lib/reports/${to}.xml`);
      job.connect('127.0.0.1', 25);
      log.submitted('reports', to, size + night, 'smtpd');
    }
  }
  return log;
}

test("a service's nightly reports are its work, packed or not", async () => {
  silent(await scanLog(nights({})));
  silent(await scanLog(nights({ size: 9000 })));
  silent(await scanLog(nights({ path: '/usr/lib/reports/send' })));
  silent(await scanLog(nights({ hours: [0, 7, 3, 11] })));
});

test("what carries more, comes at any hour, or is a person's own job is told as before", async () => {
  const loud: readonly Job[] = [
    { size: 40_000 },
    { size: 9000, hours: [0, 7, 3, 11] },
    { user: 'clerk' },
    { user: 'root' },
    { user: 'www-data' },
    { path: '/var/lib/amavis/.r/send' },
  ];
  for (const job of loud) {
    const [found] = await scanLog(nights(job));
    assert.ok(
      found !== undefined && found.severity !== 'informational' && found.severity !== 'low',
      JSON.stringify(job),
    );
  }
});
