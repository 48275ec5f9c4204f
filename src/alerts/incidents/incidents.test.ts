import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Alert, Alert as AlertSchema } from '../../events/alert.ts';
import { Incident } from '../../events/incident.ts';
import { incidentsOf, withIncidents } from './incidents.ts';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 2, 1, 9);

interface Made {
  readonly id: string;
  readonly analytic?: string;
  readonly severity?: Alert['severity'];
  readonly host?: string;
  readonly hours?: number;
  readonly entities: readonly [kind: string, value: string][];
}

function alert({ id, analytic = 'AN0656', severity = 'medium', host = 'ws1', hours = 0, entities }: Made): Alert {
  const time = new Date(BEGIN + hours * HOUR).toISOString();
  return AlertSchema.parse({
    schema: 'watchpost.alert/1',
    id,
    revision: 1,
    analytic,
    techniques: [],
    severity,
    title: `title of ${id}`,
    story: `Story of ${id}.`,
    host,
    firstSeen: time,
    lastSeen: time,
    entities: entities.map(([kind, value]) => ({ kind, value })),
    steps: [],
    links: [],
    missing: [],
    score: 0,
    factors: [],
    wouldChange: [],
    next: [],
    exercise: false,
    incident: '',
  });
}

const groups = (alerts: readonly Alert[]): string[][] => incidentsOf(alerts).map(incident => incident.alerts);

test('a flooded mailbox, then a download run by its owner: one incident, one story, a step above its worst alert', () => {
  const flood = alert({
    id: 'flood',
    analytic: 'AN1009',
    host: 'mx1',
    entities: [
      ['mailbox', 'clerk'],
      ['user', 'clerk'],
    ],
  });
  const run = alert({ id: 'run', analytic: 'AN0321', severity: 'high', hours: 3, entities: [['user', 'clerk']] });
  const [incident, ...others] = incidentsOf([run, flood]);
  assert.deepEqual(others, []);
  assert.deepEqual(Incident.parse(incident), incident);
  assert.deepEqual(incident?.alerts, ['flood', 'run']);
  assert.equal(incident.title, 'clerk: a mailbox flooded, then a download run');
  assert.equal(incident.story, 'Story of flood. Then, 3 h later: Story of run.');
  assert.equal(incident.severity, 'critical');
  assert.deepEqual(incident.hosts, ['mx1', 'ws1']);
  assert.deepEqual(
    incident.links.map(({ kind, strength, why }) => [kind, strength, why]),
    [['person', 'inferred', 'mailbox clerk and user clerk are one, 3 h apart']],
  );
  assert.deepEqual(
    withIncidents([run, flood], [incident]).map(each => each.incident),
    [incident.id, incident.id],
  );
});

test('without an identity map the mailbox of that name is the person; two mailboxes of one name are two', () => {
  const flood = alert({ id: 'flood', analytic: 'AN1009', host: 'mx1', entities: [['mailbox', 'clerk@a.example']] });
  const other = alert({ id: 'other', analytic: 'AN1009', host: 'mx1', entities: [['mailbox', 'clerk@b.example']] });
  const run = alert({ id: 'run', analytic: 'AN0321', hours: 1, entities: [['user', 'clerk']] });
  assert.deepEqual(groups([flood, run]), [['flood', 'run']]);
  assert.deepEqual(groups([flood, other]), []);
});

test('what is not shared, or shared too long apart, does not join', () => {
  const one = alert({ id: 'one', entities: [['user', 'clerk']] });
  assert.deepEqual(groups([one, alert({ id: 'two', host: 'ws2', hours: 1, entities: [['user', 'buyer']] })]), []);
  assert.deepEqual(groups([one, alert({ id: 'two', host: 'ws2', hours: 25, entities: [['user', 'clerk']] })]), []);
  const relayed = (id: string, host: string) => alert({ id, host, entities: [['address', '192.0.2.1:25']] });
  assert.deepEqual(groups([relayed('one', 'ws1'), relayed('two', 'ws2')]), []);
  const local = (id: string, host: string) => alert({ id, host, entities: [['address', '127.0.0.1:8080']] });
  assert.deepEqual(groups([local('one', 'ws1'), local('two', 'ws2')]), []);
  const root = (id: string, hours: number) => alert({ id, hours, entities: [['user', 'root']] });
  assert.deepEqual(groups([root('one', 0), root('two', 2)]), []);
});

test('one message on two hosts, one file or one far address join observed or inferred', () => {
  const message = (id: string, host: string) => alert({ id, host, entities: [['message', 'x1@mail.example']] });
  const [incident] = incidentsOf([message('one', 'ws1'), message('two', 'ws2')]);
  assert.deepEqual([incident?.links[0]?.kind, incident?.links[0]?.strength], ['message', 'observed']);
  assert.equal(incident?.severity, 'medium', 'one analytic twice is no step up');
  const file = (id: string, host: string, hours: number) => alert({ id, host, hours, entities: [['file', '/tmp/x']] });
  assert.deepEqual(groups([file('one', 'ws1', 0), file('two', 'ws1', 400)]), [['one', 'two']]);
  assert.deepEqual(groups([file('one', 'ws1', 0), file('two', 'ws2', 1)]), []);
  const far = (id: string, host: string) => alert({ id, host, entities: [['address', '198.51.100.7:443']] });
  assert.deepEqual(groups([far('one', 'ws1'), far('two', 'ws2')]), [['one', 'two']]);
});

test('an informational alert joins by what is observed, and never makes one incident of two', () => {
  const one = alert({ id: 'one', host: 'ws1', entities: [['message', 'a@x.example']] });
  const two = alert({ id: 'two', host: 'ws2', entities: [['message', 'b@x.example']] });
  const faint = alert({
    id: 'faint',
    host: 'ws3',
    severity: 'informational',
    entities: [
      ['message', 'a@x.example'],
      ['message', 'b@x.example'],
    ],
  });
  assert.deepEqual(groups([one, two, faint]), [['faint', 'one']]);
  const samePerson = alert({ id: 'faint2', severity: 'informational', entities: [['user', 'clerk']] });
  assert.deepEqual(groups([alert({ id: 'one', entities: [['user', 'clerk']] }), samePerson]), []);
});

test('the order of the alerts changes nothing', () => {
  const many = Array.from({ length: 8 }, (_, i) =>
    alert({
      id: `a${i}`,
      host: `ws${i % 3}`,
      hours: i * 5,
      entities: [
        ['user', i % 2 === 0 ? 'clerk' : 'buyer'],
        ['file', `/tmp/${i >> 1}`],
      ],
    }),
  );
  const expected = incidentsOf(many);
  assert.ok(expected.length > 0);
  fc.assert(
    fc.property(fc.shuffledSubarray(many, { minLength: many.length }), shuffled => {
      assert.deepEqual(incidentsOf(shuffled), expected);
    }),
  );
});

test('a job that is the script another alert saw run is one thing with it; a command line is not', () => {
  const job = (value: string) => alert({ id: 'sends', analytic: 'AN0380', entities: [['job', value]] });
  const run = alert({ id: 'run', hours: 40, entities: [['file', '/var/tmp/.m/mailer.pl']] });
  assert.deepEqual(groups([job('/var/tmp/.m/mailer.pl'), run]), [['sends', 'run']]);
  assert.deepEqual(groups([job('/usr/bin/perl /var/tmp/.m/mailer.pl'), run]), []);
  assert.deepEqual(groups([job('mailer.pl'), run]), []);
});
