import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContentCase } from '../content-cases.ts';
import type { ContentStory } from '../content-story.ts';
import { Story } from '../story.ts';
import { bareAddress, weighHideaway } from './hideaway.ts';

test('a bare address outside is told from names and from the networks of a site', () => {
  assert.equal(bareAddress('http://203.0.113.81/m.tgz'), '203.0.113.81');
  assert.equal(bareAddress('ftp://[2001:db8::7]:2121/x'), '[2001:db8::7]');
  const others = [
    'http://tools.example.net/m.tgz',
    'http://10.1.2.3/m.tgz',
    'http://192.168.0.9/',
    'http://172.20.0.9/',
    'http://169.254.1.1/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://127.0.0.1:8000/',
    'http://[::1]/',
    '203.0.113.81/m.tgz',
    '',
  ];
  for (const url of others) assert.equal(bareAddress(url), '', url);
});

function weighed(url: string, ...paths: string[]): string[] | null {
  const story = new Story();
  const ids = { origin: 'o', runs: ['r'] };
  const hides = weighHideaway(
    { runs: paths.map(path => ({ path })) } as ContentCase,
    { story, taint: { origin: { url } }, ids } as unknown as ContentStory,
  );
  return hides ? story.factors.map(({ name, weight, evidence }) => `${name} ${weight} ${evidence}`) : null;
}

test('both together tell of an intruder, each alone of nothing', () => {
  assert.deepEqual(weighed('http://203.0.113.81/m.tgz', '', '/var/tmp/.m/mailer.pl'), [
    'it came from a bare address 1 203.0.113.81',
    'it lies hidden among temporary files 1 /var/tmp/.m/mailer.pl',
  ]);
  assert.equal(weighed('http://203.0.113.81/m.tgz', '/tmp/m/mailer.pl'), null);
  assert.equal(weighed('http://tools.example.net/m.tgz', '/var/tmp/.m/mailer.pl'), null);
  assert.equal(weighed('http://203.0.113.81/m.tgz'), null);
});
