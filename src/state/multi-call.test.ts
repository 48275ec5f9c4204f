import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appletOf, CLASS, classOfPath } from './programs.ts';

test('busybox is the program that it is called for, by either way of calling it', () => {
  assert.deepEqual(appletOf('/usr/bin/busybox', ['busybox', 'gzip', 'x']), { applet: 'gzip', argv: ['gzip', 'x'] });
  assert.deepEqual(appletOf('/usr/bin/busybox', ['/bin/gzip', 'x']), { applet: 'gzip', argv: ['/bin/gzip', 'x'] });
  assert.deepEqual(appletOf('/usr/bin/toybox', ['toybox', 'nc', 'h', '9']), { applet: 'nc', argv: ['nc', 'h', '9'] });
  assert.deepEqual(appletOf('/usr/bin/busybox', ['busybox']), { applet: '', argv: [] });
  assert.deepEqual(appletOf('/usr/bin/gzip', ['gzip', 'x']), { applet: '', argv: ['gzip', 'x'] });
  assert.equal(classOfPath('gzip') & CLASS.archiver, CLASS.archiver);
});
