import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, verdictOf } from '../syslog/replay.test-support.ts';

const told = (program: string, text: string) =>
  read([`Mar  1 09:30:00 mx1 ${program}: ${text}`]).events.map(event =>
    event.kind === 'sensor.health' ? [event.host, event.what, event.count] : event.kind,
  );
const NONE = 'skip: message that tells of no lost records';

test('the kernel tells how many audit records it lost since it started, with or without its uptime', () => {
  const text = 'audit: audit_lost=17 audit_rate_limit=0 audit_backlog_limit=8192';
  assert.deepEqual(told('kernel', text), [['mx1', 'lost', 17]]);
  assert.deepEqual(told('kernel', `[ 8123.456789] ${text}`), [['mx1', 'lost', 17]]);
  assert.equal(verdictOf('kernel', 'audit: audit_lost=0 audit_rate_limit=0 audit_backlog_limit=64'), NONE);
  assert.equal(verdictOf('kernel', 'audit: audit_lost=many audit_rate_limit=0'), NONE);
  assert.equal(verdictOf('kernel', 'audit: backlog limit exceeded'), NONE, 'said beside the count');
  assert.equal(verdictOf('kernel', 'x audit: audit_lost=17 audit_rate_limit=0'), NONE);
});

test('a daemon whose queue is full drops records', () => {
  assert.deepEqual(told('audispd', 'queue is full - dropping event'), [['mx1', 'lost', 1]]);
  assert.deepEqual(told('auditd', 'queue to plugins is full - dropping event'), [['mx1', 'lost', 1]]);
  assert.equal(verdictOf('auditd', 'Init complete, auditd 3.0.9 listening for events'), NONE);
  assert.equal(verdictOf('auditd', 'dropping event'), NONE);
});

test('journald and rsyslog tell how many lines they dropped', () => {
  for (const program of ['systemd-journald', 'journal'])
    assert.deepEqual(told(program, 'Suppressed 7124 messages from postfix@-.service'), [['mx1', 'rate-limited', 7124]]);
  assert.equal(verdictOf('systemd-journald', 'Suppressed all'), NONE);
  assert.equal(verdictOf('systemd-journald', 'Suppressed 0 messages from a.service'), NONE);
  assert.equal(verdictOf('systemd-journald', 'Journal started, Suppressed 3 messages from x'), NONE);
  for (const text of [
    'imjournal: 812 messages lost due to rate-limiting (20000 allowed within 600 seconds)',
    'imuxsock lost 812 messages from pid 4711 due to rate-limiting',
  ])
    assert.deepEqual(told('rsyslogd', text), [['mx1', 'rate-limited', 812]]);
  for (const text of [
    'imjournal: begin to drop messages due to rate-limiting',
    'messages lost due to rate-limiting',
    '812 messages kept, not due to rate-limiting',
    '812 messages lost',
  ])
    assert.equal(verdictOf('rsyslogd', text), NONE, text);
});
