import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf } from './command-of.ts';

test('a command is told as it was given, and cut where it is very long', () => {
  assert.equal(commandOf({ argv: ['tar', '-cf', '-', 'Maildir'] }), 'tar -cf - Maildir');
  assert.equal(commandOf({ argv: [] }), '');
  const letters = 'a b c d e f g h i j k l m n o p q r s t'.split(' ');
  assert.equal(commandOf({ argv: letters }), letters.slice(0, 16).join(' '));
  assert.equal(commandOf({ argv: ['tar', 'x'.repeat(600)] }), `tar ${'x'.repeat(508)}`);
});
