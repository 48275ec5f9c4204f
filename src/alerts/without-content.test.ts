import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutContent } from './without-content.ts';

const SAID = 'secret \\"words\\" \\u00fc';

test('subjects, payload and bodies of JSON records are left out, what stands beside them is not', () => {
  const eve = `{"event_type":"smtp","email":{"from":"a@example.org","subject":"${SAID}","url":["secret.example/x]","b"],"attachment":["a.zip"]},"payload_printable": "${SAID}"}`;
  assert.equal(
    withoutContent(eve),
    '{"event_type":"smtp","email":{"from":"a@example.org","subject":"[left out]","url":"[left out]","attachment":["a.zip"]},"payload_printable": "[left out]"}',
  );
  const http = '{"event_type":"http","http":{"url":"/in/7","http_method":"PUT"}}';
  assert.equal(withoutContent(http), http);
});

test('a record that stands as text in a shipper’s document loses the same, however deep it was quoted', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 2 }), (text, depth) => {
      const subject = `secret ${text} secret`;
      let record: object = { event_type: 'smtp', email: { subject, url: [subject], from: 'a@b' }, after: 1 };
      for (let i = 0; i < depth; i++) record = { event: { original: JSON.stringify(record) }, kept: 2 };
      const shown = withoutContent(JSON.stringify(record));
      assert.ok(!shown.includes('secret'), shown);
      let inner = JSON.parse(shown) as { after?: number; event?: { original: string } };
      while (inner.event !== undefined) inner = JSON.parse(inner.event.original) as typeof inner;
      assert.deepEqual(inner, {
        event_type: 'smtp',
        email: { subject: '[left out]', url: '[left out]', from: 'a@b' },
        after: 1,
      });
    }),
  );
  assert.equal(
    withoutContent('{"suricata.eve.email.subject":"secret","my_subject":"kept"}'),
    '{"suricata.eve.email.subject":"[left out]","my_subject":"kept"}',
  );
});

test('the subject of a row of smtp.log is left out; rows of other logs stand as they are', () => {
  const row = [
    '1320279554.4',
    'C1',
    '192.0.2.7',
    '40000',
    '203.0.113.9',
    '25',
    '1',
    'mail.example.net',
    'a@example.net',
  ];
  const more = [
    'b@example.org',
    '-',
    '-',
    '-',
    '-',
    '-',
    '<1@example.net>',
    '-',
    'secret words',
    '-',
    '-',
    '-',
    '250 Ok',
    '-',
  ];
  const shown = withoutContent([...row, ...more].join('\t'));
  assert.ok(!shown.includes('secret') && shown.includes('b@example.org') && shown.includes('250 Ok'));
  const conn = ['1320279554.4', 'C1', '192.0.2.7', '40000', '203.0.113.9', '25', 'tcp', ...more, ...more].join('\t');
  assert.equal(withoutContent(conn), conn);
  const http = ['1320279554.4', 'C1', '192.0.2.7', '40000', '203.0.113.9', '80', '1', 'GET', ...more].join('\t');
  assert.equal(withoutContent(http), http);
});

test('whatever the subject is, nothing of it is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(80), (subject, cut) => {
      const marked = `QQ${subject}QQ`;
      const line = JSON.stringify({ a: 1, email: { subject: marked, to: ['x'] }, z: 'end' });
      assert.deepEqual(JSON.parse(withoutContent(line)), {
        a: 1,
        email: { subject: '[left out]', to: ['x'] },
        z: 'end',
      });
      withoutContent(line.slice(0, cut));
    }),
  );
});
