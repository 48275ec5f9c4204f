import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ROOT } from '../../scripts/lib/tree.ts';
import { severityRank } from '../../src/events/vocabulary.ts';
import { markdown } from './render.ts';
import { type Alert, JOINTS, jointsOf, type Told, tellAll } from './tell.ts';

let told: Told[] = [];
before(async () => {
  told = await tellAll();
});

const of = (id: string): Alert => {
  const alerts = told.find(each => each.source.id === id)?.alerts ?? [];
  assert.equal(alerts.length, 1, id);
  return alerts[0] as Alert;
};
const entities = (alert: Alert, kind: string) =>
  alert.entities.filter(entity => entity.kind === kind).map(entity => entity.value);

test('every source gives one alert, of the same analytic, about the same file, user, host, message and sender', () => {
  const subject = (alert: Alert) => ({
    analytic: alert.analytic,
    techniques: alert.techniques,
    title: alert.title,
    ...Object.fromEntries(
      ['host', 'user', 'file', 'process', 'message', 'sender', 'mailbox'].map(kind => [kind, entities(alert, kind)]),
    ),
  });
  const audit = subject(of('auditd'));
  assert.equal(audit.analytic, 'AN0656');
  assert.equal(of('auditd').host, 'ws3');
  for (const { source } of told) assert.deepEqual(subject(of(source.id)), audit, source.id);
});

test('LAUREL and ECS keep what auditd recorded: the same steps, held by the same links', () => {
  const shape = (alert: Alert) => ({
    severity: alert.severity,
    steps: alert.steps.map(step => [step.kind, step.summary]),
    links: alert.links.map(link => [link.kind, link.strength, link.why]),
    missing: alert.missing,
  });
  for (const id of ['laurel', 'ecs']) assert.deepEqual(shape(of(id)), shape(of('auditd')), id);
});

test('every source shows the same two programs run, in order, and where it reached if any record of it does', () => {
  const executed = (alert: Alert) =>
    alert.steps.filter(step => step.kind === 'content.executed').map(step => step.summary.split(' ')[0]);
  for (const { source } of told) {
    const alert = of(source.id);
    assert.deepEqual(
      executed(alert),
      ['/home/buyer/Documents/papers-22/Show_papers', '/home/buyer/Documents/papers-22/.lib/index'],
      source.id,
    );
    assert.ok(
      alert.steps.some(step => step.summary.includes('203.0.113.67:4444')),
      source.id,
    );
    const times = alert.steps.map(step => step.time);
    assert.deepEqual([...times].sort(), times, source.id);
  }
});

test('each joint holds as surely as its source supports, and no more', () => {
  const table = Object.fromEntries(
    told.map(({ source }) => [
      source.id,
      [...Object.values(jointsOf(of(source.id))), of(source.id).severity].join(' '),
    ]),
  );
  assert.deepEqual(table, {
    auditd: 'observed inferred observed observed observed high',
    laurel: 'observed inferred observed observed observed high',
    ecs: 'observed inferred observed observed observed high',
    sysmon: 'observed inferred inferred inferred observed high',
    'osquery-sockets-zeek': 'observed inferred unavailable inferred observed medium',
    'osquery-zeek': 'observed inferred unavailable inferred unavailable low',
  });
});

test('no joint is missing, none is surer than from auditd, and fewer joints never make a louder alert', () => {
  const rank = ['unavailable', 'inferred', 'observed'];
  let before = Number.POSITIVE_INFINITY;
  for (const { source } of told) {
    const alert = of(source.id);
    const joints = jointsOf(alert);
    for (const { id } of JOINTS) {
      assert.notEqual(joints[id], '', `${source.id} ${id}`);
      assert.ok(rank.indexOf(joints[id]) <= rank.indexOf(jointsOf(of('auditd'))[id]), `${source.id} ${id}`);
    }
    assert.ok(severityRank(alert.severity) <= before, source.id);
    before = severityRank(alert.severity);
  }
});

test('what a source does not record is said in words', () => {
  assert.deepEqual(of('auditd').missing, []);
  assert.ok(of('osquery-zeek').missing.some(text => text.startsWith('This host records no connections')));
  assert.ok(of('osquery-sockets-zeek').missing.some(text => text.includes('not which program makes them')));
  const sysmon = of('sysmon').links.map(link => link.why);
  assert.ok(sysmon.some(why => why === 'named in its arguments'));
});

test('docs/same-story.md is current', () => {
  assert.equal(readFileSync(join(ROOT, 'docs/same-story.md'), 'utf8'), markdown(told), 'run node scripts/pages.ts');
});
