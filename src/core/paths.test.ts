import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isNamedSo, resolvePath } from './paths.ts';

test('a name below a folder that is not known is any file whose path ends so', () => {
  const report = resolvePath('report.py', '');
  assert.equal(report, '?/report.py');
  assert.equal(isNamedSo(report, '/home/clerk/report.py'), true);
  assert.equal(isNamedSo(report, '/home/clerk/my-report.py'), false);
  assert.equal(isNamedSo(report, '?/report.py'), true);
  assert.equal(isNamedSo(resolvePath('./report.py', ''), '/home/clerk/report.py'), true);
  assert.equal(isNamedSo(resolvePath('in/report.py', ''), '/home/clerk/in/report.py'), true);
  assert.equal(isNamedSo(resolvePath('in/report.py', ''), '/home/clerk/out/report.py'), false);
  assert.equal(
    isNamedSo(resolvePath('../report.py', ''), '/home/clerk/report.py'),
    false,
    'where it leads nobody knows',
  );
});

test('a name in full is that file and no other', () => {
  assert.equal(isNamedSo('/home/clerk/report.py', '/home/clerk/report.py'), true);
  assert.equal(isNamedSo('/report.py', '/home/clerk/report.py'), false);
});

test('an absolute name is cleaned as the system would walk it', () => {
  const part = fc.constantFrom('a', '.', '..', '', '.a', '..a', 'a.', '...', 'b\n');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom('', '/work', '/work/.'), (parts, cwd) => {
      const name = parts.join('/');
      const said = cwd === '' ? resolvePath(`/${name}`, '') : resolvePath(`x${name}`, cwd);
      assert.equal(said, cwd === '' ? posix.resolve('/', name.replace(/^\/+/, '')) : posix.resolve(cwd, `x${name}`));
    }),
    { numRuns: 500 },
  );
});
