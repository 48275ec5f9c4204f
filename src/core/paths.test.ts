import assert from 'node:assert/strict';
import { test } from 'node:test';
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
