import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplesAt } from '../support/samples.ts';
import { mimeFidelity } from './mime.ts';

const { skip } = samplesAt('enmime');

test('two MIME readers tell the same attachments of other projects’ messages, or it is known why not', {
  skip,
}, async () => {
  const found = await mimeFidelity();
  for (const each of found) {
    assert.deepEqual(each.unexplained, [], each.source);
    assert.equal(each.notUnderstood, 0);
    const explained = [...each.differences.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(each.exact + explained >= each.records, `${each.source}: every message is accounted for`);
  }
  const total = (pick: (each: (typeof found)[number]) => number) => found.reduce((sum, each) => sum + pick(each), 0);
  assert.ok(total(each => each.records) >= 290, `${total(each => each.records)} messages`);
  assert.ok(total(each => each.exact) >= 0.93 * total(each => each.records), `${total(each => each.exact)} exact`);
});
