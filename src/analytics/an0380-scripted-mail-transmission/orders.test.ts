import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import type { ProcessState } from '../../state/processes.ts';
import { classOfPath } from '../../state/programs.ts';
import type { World } from '../../state/world.ts';
import { orderAbove } from './hooks.ts';
import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';
import { standInOf } from './stand-in.ts';

const LINE = 'gzip -c x | sendmail a@example.net &';

interface Run {
  readonly exe: string;
  readonly argv?: readonly string[];
  readonly tty?: string;
  readonly script?: string;
}

/** Processes of which each started the next; the last of them sends. */
function chain(...runs: readonly Run[]): ProcessState {
  let parent: ProcessState | null = null;
  runs.forEach(({ exe, argv = [exe], tty = 'pts0', script = '' }, i) => {
    const facts = { host: 'ws1', pid: 100 + i, start: i, execTime: i, execRef: null, execSeen: true, trusted: true };
    const classBits = classOfPath(exe);
    parent = { ...facts, exe, argv, tty, script, classBits, parent, comm: '' } as unknown as ProcessState;
  });
  return parent as unknown as ProcessState;
}

/** The program that has the line run which sends, '' for none. */
const hook = (by: Run, tty = 'pts0'): string =>
  orderAbove(chain(by, { exe: '/usr/bin/sh', argv: ['sh', '-c', LINE], tty }, { exe: '/usr/sbin/sendmail', tty })).hook;

test('an editor at a terminal has a line run', () => {
  const editor = { exe: '/usr/bin/vim' };
  assert.equal(hook(editor), 'vim');
  assert.equal(hook(editor, ''), '', 'at no terminal');
  assert.equal(hook(editor, TTY_UNKNOWN), '', 'no record tells where');
});

test('what runs whatever it is given, opens sessions for people, or has the line among its words has no say in it', () => {
  assert.equal(hook({ exe: '/usr/sbin/cron' }), '');
  assert.equal(hook({ exe: '/usr/sbin/sshd' }), '');
  assert.equal(hook({ exe: '/usr/bin/sudo' }), '');
  assert.equal(hook({ exe: '/usr/bin/vim', argv: ['vim', '-c', `!${LINE}`] }), '');
});

test('a script of the site that somebody else’s script starts does not stand before that one', () => {
  const via = (...scripts: readonly string[]): string | undefined => {
    const runs = scripts.map(script => ({ exe: '/usr/bin/bash', argv: ['bash', script], script }));
    return orderAbove(chain(...runs, { exe: '/usr/sbin/sendmail' })).via?.text;
  };
  assert.equal(via('/home/ops/bin/sudo', '/usr/local/bin/notify'), '/home/ops/bin/sudo');
  assert.equal(via('/usr/local/bin/notify'), undefined);
});

test('a script stands in by what it sends before the program starts, and a line that a program had run never does', () => {
  const found = { of: '/usr/bin/make', time: 100, raises: false };
  const of = (time: number, asked = ''): string | undefined => {
    const outcomes = [{ send: { time, via: { run: 'r1', asked } } }] as unknown as Outcome[];
    const hosts = new Map([['ws1', { installed: { standIn: (run: string) => (run === 'r1' ? found : undefined) } }]]);
    return standInOf(outcomes, { host: 'ws1' } as SendJob, { hosts } as unknown as World)?.of;
  };
  assert.equal(of(99), '/usr/bin/make');
  assert.equal(of(100), undefined, 'with the program');
  assert.equal(of(99, 'ws1 7'), undefined, 'asked by an editor');
});
