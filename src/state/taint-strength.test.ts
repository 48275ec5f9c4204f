import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { extendTaint, firstTaint, type Taint, type TaintStep, taintStrength } from './taint.ts';

const step = (kind: TaintStep['kind'], strength: TaintStep['strength']): TaintStep =>
  ({
    time: epochMs(1),
    order: 1,
    ref: null,
    kind,
    pid: 1,
    program: 'x',
    verb: 'x',
    object: 'x',
    strength,
    why: '',
  }) as unknown as TaintStep;
const first = (strength: 'observed' | 'inferred'): Taint =>
  firstTaint({ id: 'o', strength } as Taint['origin'], step('file.created', 'observed'));
const after = (kind: TaintStep['kind']): string =>
  taintStrength(extendTaint(first('observed'), step(kind, 'inferred')) as Taint);

test('one inferred step, or an inferred origin, makes the whole way inferred', () => {
  assert.equal(taintStrength(first('observed')), 'observed');
  assert.equal(taintStrength(first('inferred')), 'inferred');
  assert.equal(after('file.written'), 'inferred');
});

test('that chmod is known by its words only makes it no less sure where the content came from', () => {
  assert.equal(after('file.made-executable'), 'observed');
});
