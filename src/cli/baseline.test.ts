import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporary, watchpost } from './run.test-support.ts';

const CASES = join(import.meta.dirname, '../analytics/an1009-recipient-flooded/cases');
const QUIET = join(CASES, 'quiet.newsletter-out');

test('learn, show, freeze, compare, reset: one file, private, that says what it holds', t => {
  const cwd = temporary(t);
  const run = (...args: string[]) => watchpost(['baseline', ...args], { cwd, env: { XDG_STATE_HOME: cwd } });
  const learned = JSON.parse(run('learn', '-q', QUIET).stdout) as {
    mailboxes: number;
    hours: number;
    destinations: number;
  };
  assert.ok(learned.mailboxes > 0 && learned.hours > 0);
  assert.ok(existsSync(join(cwd, 'watchpost/baseline')));
  const again = JSON.parse(run('learn', '-q', QUIET).stdout) as { hours: number; hoursKnown: number };
  assert.equal(again.hours, 0);
  assert.ok(again.hoursKnown > 0);
  const shown = JSON.parse(run('show').stdout) as {
    schema: string;
    things: { kind: string }[];
    mailboxes: { mailbox: string; rates: number[] }[];
  };
  assert.ok(learned.destinations > 0);
  assert.equal(shown.things.filter(({ kind }) => kind === 'destination').length, learned.destinations);
  assert.equal(shown.schema, 'watchpost.baseline/1');
  assert.equal(shown.mailboxes.length, learned.mailboxes);
  const name = shown.mailboxes[0]?.mailbox ?? '';
  const plot = run('show', '--mailbox', name, '--format', 'pretty').stdout;
  for (const day of ['Mon', 'Sun']) assert.match(plot, new RegExp(`^ {2}${day} `, 'm'));
  assert.match(plot, /█/);
  assert.match(run('show', '--format', 'pretty').stdout, /^Mailboxes, the busiest first/m);
  writeFileSync(join(cwd, 'older'), readFileSync(join(cwd, 'watchpost/baseline')));
  assert.match(run('freeze').stdout, /frozen/);
  const refused = run('learn', '-q', QUIET);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /is frozen/);
  assert.match(run('freeze', '--off').stdout, /learns again/);
  assert.equal(run('reset').code, 3);
  assert.equal(run('reset', '--mailbox', 'never-heard-of').code, 3);
  assert.match(run('reset', '--mailbox', name).stdout, /forgot/);
  assert.equal(run('show', '--mailbox', name).code, 3, 'nothing is known of it any more');
  assert.match(run('diff', 'older', '--format', 'pretty').stdout, /changed|no difference/);
  assert.equal(run('reset', '--all').code, 0);
  assert.match(run('diff', 'older', '--format', 'pretty').stdout, /no longer there/);
});

test('a scan names its baseline or has none; one that is missing or damaged is told', t => {
  const cwd = temporary(t);
  const path = join(cwd, 'b');
  assert.equal(watchpost(['baseline', 'learn', '-q', '--baseline', path, QUIET], { cwd }).code, 0);
  assert.equal(watchpost(['scan', '-q', '--baseline', path, QUIET], { cwd }).code, 0);
  writeFileSync(path, readFileSync(path).subarray(0, 60));
  const damaged = watchpost(['scan', '-q', '--baseline', path, QUIET], { cwd });
  assert.equal(damaged.code, 3);
  assert.match(damaged.stderr, /is no whole baseline.*E_BASELINE_DAMAGED/);
  const missing = watchpost(['scan', '-q', '--baseline', join(cwd, 'none'), QUIET], { cwd });
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /E_BASELINE_MISSING/);
});
