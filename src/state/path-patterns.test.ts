import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchPrefix, PathPatterns } from './path-patterns.ts';

test('of several patterns the first that covers a part of the path counts', () => {
  const list = new PathPatterns(['~/Mail/*/in', '/home/*/Mail', '~/Mail', 'nowhere', '/srv/mail']);
  assert.equal(list.match('/home/clerk/mail/work/IN/1'), '/home/clerk/mail/work/IN');
  assert.equal(list.match('/home/clerk/Mail/1'), '/home/clerk/Mail');
  assert.equal(list.match('/root/Mail/1'), '/root/Mail');
  assert.equal(list.match('/srv/mail'), '/srv/mail');
  assert.equal(list.match('/srv/mailx/1'), '');
  assert.equal(list.match('/home/clerk'), '');
});

test('a list says what its patterns say one by one', () => {
  const part = fc.constantFrom('home', 'root', 'clerk', 'Mail', 'mail', '*', 'a');
  const pattern = fc.tuple(fc.constantFrom('~/', '/', ''), fc.array(part, { maxLength: 3 }));
  const patterns = fc.array(pattern, { maxLength: 5 }).map(all => all.map(([start, parts]) => start + parts.join('/')));
  const path = fc.tuple(
    fc.constantFrom('/', '/home/', '/home/clerk/', '/root/'),
    fc.array(part, { maxLength: 4 }),
    fc.constantFrom('', '/'),
  );
  fc.assert(
    fc.property(patterns, path, (all, [start, parts, end]) => {
      const text = start + parts.join('/') + end;
      const wanted = all.map(each => matchPrefix(text, each)).find(found => found !== '') ?? '';
      assert.equal(new PathPatterns(all).match(text), wanted);
    }),
    { numRuns: 500 },
  );
});
