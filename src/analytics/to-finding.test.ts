import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochMs } from '../core/time.ts';
import { byEvidence } from './factors.ts';
import { Story } from './story.ts';
import { type Said, toFinding } from './to-finding.ts';

const said: Said = {
  analytic: 'AN0380',
  host: 'ws1',
  key: 'a story',
  severity: 'low',
  title: 'Something',
  story: 'Something was done.',
  entities: [{ kind: 'host', value: 'ws1' }],
  next: ['Look.'],
};

test('a finding has all that its story tells, and all that its analytic says', () => {
  const story = new Story();
  story.step('a', epochMs(1), 'mail.sent', 'it is sent', null);
  story.step('b', epochMs(2), 'mail.delivered', 'it comes', null);
  story.link('a', 'b', 'delivery', 'inferred', 'it is the same');
  story.factor('recipient outside', 1, 'x@example.net', ['a']);
  story.miss('Who did it.');
  const change = byEvidence(1, 'it was known', 'it is not');
  story.change(change);
  const { steps, links, factors, missing, wouldChange, exercise, ...rest } = toFinding(story, said);
  assert.deepEqual(rest, said);
  assert.deepEqual([steps, links, factors, missing], [story.steps, story.links, story.factors, ['Who did it.']]);
  assert.deepEqual([steps.length, links.length, factors.length], [2, 1, 1]);
  assert.deepEqual([wouldChange, exercise], [[change], false]);
});

test('what is measured is only there where something is', () => {
  assert.ok(!('measures' in toFinding(new Story(), said)));
  assert.deepEqual(toFinding(new Story(), { ...said, measures: { messages: 2 } }).measures, { messages: 2 });
});
