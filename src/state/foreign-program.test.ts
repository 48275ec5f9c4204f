import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broughtIn } from './foreign-program.ts';
import type { ProcessState } from './processes.ts';
import type { Taint, TaintOrigin } from './taint.ts';

const ORIGIN = { kind: 'download', basis: 'fetched', program: '/usr/bin/wget' } as TaintOrigin;
const runs = (origin: Partial<TaintOrigin>, curated = false): TaintOrigin | null =>
  broughtIn({ controlled: { origin: { ...ORIGIN, ...origin }, curated } as Taint } as ProcessState);

test('a program that was fetched, or came by mail, and is run as it came is brought in', () => {
  assert.equal(runs({})?.program, '/usr/bin/wget');
  assert.equal(runs({ kind: 'mail', basis: 'client-wrote' })?.kind, 'mail');
});

test('what a compiler or version control made of it, a guess by the place, and data of a mail store are no such program', () => {
  assert.equal(runs({}, true), null);
  assert.equal(runs({ basis: 'place' }), null);
  assert.equal(runs({ kind: 'mailstore', basis: 'store-read' }), null);
  assert.equal(broughtIn({ controlled: null } as ProcessState), null);
});
