import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS } from '../../state/programs.ts';
import { OwnNames } from './own-names.ts';

const LOCAL = { trusted: true, classBits: CLASS.delivery } as ProcessState;
const NONE: ReadonlySet<string> = new Set();
const BOX = '/home/clerk/Maildir/new/';
const MESSAGE = '1795305587.Vfe00Iefff0M801918.';

interface Facts {
  readonly host?: string;
  readonly process?: ProcessState;
}
/** The domains that are the estate's after a message of this name was put into a box. */
function domains(name: string, { host = 'mx1', process = LOCAL }: Facts = {}): string[] {
  const names = new OwnNames();
  names.written({ host, path: `${BOX}${name}` as never, process });
  const again = new OwnNames();
  again.restore(structuredClone(names.snapshot()));
  return [...again.domainsOf(host, NONE)];
}

test("a delivery agent writes its host's full name into the name of a message", () => {
  for (const tail of ['', ':2,S', ',S=512', ',S=512:2,'])
    assert.deepEqual(domains(`${MESSAGE}mx1.example.org${tail}`), ['example.org'], tail);
  assert.deepEqual(domains(`${MESSAGE}MX1.Example.ORG`, { host: 'Mx1' }), ['example.org']);
  assert.deepEqual(domains(`${MESSAGE}mx1.example.org`, { host: 'localhost' }), ['example.org'], 'no log names it');
  assert.deepEqual(domains('notes', { host: 'localhost' }), []);
  for (const name of [`${MESSAGE}mx1`, 'mx1.example.org', 'draft.x.mx1.example.org', `${MESSAGE}mx1.example.org/x y`])
    assert.deepEqual(domains(name), [], name);
});

test('another host’s name in it, or anybody else who writes such a name, tells nothing of the host', () => {
  assert.deepEqual(domains(`${MESSAGE}mx2.example.org`), []);
  assert.deepEqual(domains(`${MESSAGE}mx11.example.org`), []);
  const name = `${MESSAGE}mx1.drop.example.net`;
  assert.deepEqual(domains(name, { process: { ...LOCAL, trusted: false } }), []);
  assert.deepEqual(domains(name, { process: { ...LOCAL, classBits: CLASS.shell } }), []);
});

test('the first name stands', () => {
  const names = new OwnNames();
  const write = (name: string) =>
    names.written({ host: 'mx1', path: `${BOX}${MESSAGE}${name}` as never, process: LOCAL });
  write('mx1.example.org');
  write('mx1.example.net');
  assert.deepEqual([...names.domainsOf('mx1', NONE)], ['example.org']);
  assert.deepEqual([...names.domainsOf('mx2', NONE)], []);
});

test('a file that is no message says nothing, and leaves it to the next', () => {
  const names = new OwnNames();
  for (const name of ['notes', `${MESSAGE}mx1.example.org`])
    names.written({ host: 'localhost', path: `${BOX}${name}` as never, process: LOCAL });
  assert.deepEqual([...names.domainsOf('localhost', NONE)], ['example.org']);
});

test('a host that its records name in full lies in that domain; a numbered one, or a bare one, in nobody’s', () => {
  const of = (host: string): string[] => [...new OwnNames().domainsOf(host, NONE)];
  assert.deepEqual(of('mx1.example.org'), ['example.org']);
  assert.deepEqual(of('ws3.office.example.org'), ['office.example.org']);
  assert.deepEqual(of('rack-2.example.org'), ['example.org']);
  assert.deepEqual(of('m.example.org'), ['example.org']);
  for (const host of ['mx1', 'mx1.local', '192.0.2.7', '10.0.0.5', '2001:db8::7', '::ffff:10.0.0.5', '.example.org.x'])
    assert.deepEqual(of(host), [], host);
  for (const host of ['123.example.net', 'vps-12345.example.net', 'vps123.example.net', 'ip-192-0-2-7.example.net'])
    assert.deepEqual(of(host), [], `${host}: its neighbours are strangers`);
});

test('domains for which mail is delivered stay, and are not doubled', () => {
  const local = new Set(['example.net']);
  assert.deepEqual([...new OwnNames().domainsOf('mx1.example.org', local)], ['example.net', 'example.org']);
  assert.equal(new OwnNames().domainsOf('mx1.example.net', local), local);
  assert.equal(new OwnNames().domainsOf('mx1', local), local);
});
