import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSubject } from './without-subject.ts';

test('no subject that a program logged is shown', () => {
  const cases = [
    [
      '2026-03-01 09:30:00 1xUk9v-00003w-0J <= a@b H=h [192.0.2.1] S=5 id=x@y T="pay \\" now \\\\" from <a@b> for c@d',
      '2026-03-01 09:30:00 1xUk9v-00003w-0J <= a@b H=h [192.0.2.1] S=5 id=x@y T="[subject left out]" from <a@b> for c@d',
    ],
    [
      'Mar  1 09:30:00 mx1 postfix/cleanup[7]: 4F1: warning: header Subject: secret from here from h[192.0.2.1]; from=<a@b>',
      'Mar  1 09:30:00 mx1 postfix/cleanup[7]: 4F1: warning: header Subject: [subject left out] from h[192.0.2.1]; from=<a@b>',
    ],
    [' Subject: secret', ' Subject: [subject left out]'],
    ['Subj: secret', 'Subj: [subject left out]'],
  ] as const;
  for (const [line, shown] of cases) assert.equal(withoutSubject(line), shown);
});

test('a line of Exim that a shipper carries loses its subject too', () => {
  const line = (subject: string) => `1xUk9v-00003w-0J <= a@b H=h S=5 T="${subject}" from <a@b> for c@d`;
  assert.equal(
    withoutSubject(JSON.stringify({ message: line('pay \\" now \\\\') })),
    JSON.stringify({ message: line('[subject left out]') }),
  );
});

test('a quote that never ends hides the rest, and other lines stay as they are', () => {
  assert.equal(withoutSubject('x <= a T="never \\'), 'x <= a T="[subject left out]"');
  const other = '2026-03-01 09:30:00 1xUk9v-00003w-0J => a <a@b> R=r T=t';
  assert.equal(withoutSubject(other), other);
});
