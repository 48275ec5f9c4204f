import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaintOrigin } from '../../state/taint.ts';
import { Story } from '../story.ts';
import { weighProgram } from './brought-in.ts';
import { job, outcome, send, world } from './made-up.test-support.ts';

const ORIGIN = { kind: 'download', basis: 'fetched', program: '/usr/bin/wget' } as TaintOrigin;
function factors(path: string, origin: TaintOrigin | null): string[] {
  const story = new Story();
  const sends = [outcome({ send: send() }), outcome({ send: send({ broughtIn: origin }) })];
  weighProgram(job({ job: path }), sends, story, world());
  return story.factors.map(({ name, weight, evidence, steps }) => `${name} ${weight} ${evidence} ${steps.length}`);
}

test('its origin is named: the address, the program that took it out of mail, or the one that fetched it', () => {
  const of = (facts: Partial<TaintOrigin>) => factors('/opt/x', { ...ORIGIN, ...facts });
  const name = 'what sends it came from outside 2';
  assert.deepEqual(of({ url: 'http://203.0.113.9/x' }), [`${name} http://203.0.113.9/x 1`]);
  assert.deepEqual(of({}), [`${name} by /usr/bin/wget 1`]);
  assert.deepEqual(of({ kind: 'mail', program: '/usr/bin/mutt' }), [`${name} out of mail, by /usr/bin/mutt 1`]);
  assert.deepEqual(factors('/opt/x', null), []);
});

test("what the enterprise's own host served is not from outside, as far as the words leave no doubt", () => {
  const url = 'http://tools.example.org/x';
  assert.deepEqual(factors('/opt/x', { ...ORIGIN, url, isPlain: true }), []);
  assert.equal(factors('/opt/x', { ...ORIGIN, url, isPlain: false }).length, 1);
});

test('a program in a hidden place for temporary files counts, whoever put it there; elsewhere it does not', () => {
  for (const path of ['/var/tmp/.m/mailer.pl', '/tmp/.x', '/dev/shm/.a/b'])
    assert.deepEqual(factors(path, null), [`what sends it lies hidden among temporary files 1 ${path} 2`], path);
  for (const path of [
    '/tmp/report.sh',
    '/home/dev/.local/bin/report',
    '/tmp/.mount_Mailer12/usr/bin/x',
    'sh -c /tmp/.x',
  ])
    assert.deepEqual(factors(path, null), [], path);
});
