import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { defaultConfig } from './default-config.ts';
import { nearest } from './did-you-mean.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { problemLine } from './problem.ts';
import type { TunableMetas } from './schema.ts';
import { hasSummerTime, zoneOffsetMinutes } from './timezone.ts';

const METAS: TunableMetas = [
  {
    id: 'AN1009',
    tunables: [
      { name: 'MailVolumeThreshold', default: 30, unit: 'messages a minute', why: 'busy lists stay below' },
      { name: 'AttachmentPatternList', default: ['*.zip'], unit: 'patterns', why: 'seen in floods' },
    ],
  },
  { id: 'AN0656', tunables: [{ name: 'Weights', default: { executed: 40 }, unit: 'points', why: 'as measured' }] },
];

function load(
  t: TestContext,
  files: Record<string, string>,
  env: Record<string, string> = {},
  explicit?: string,
): Promise<LoadedConfig> {
  const cwd = mkdtempSync(join(tmpdir(), 'watchpost-test-'));
  t.after(() => rmSync(cwd, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const paths = { HOME: join(cwd, 'home'), ...env };
  return loadConfig(explicit, METAS, { env: paths, cwd, systemFolder: join(cwd, 'etc') });
}

const problems = (loaded: LoadedConfig): string[] => loaded.problems.map(problemLine);

test('nothing configured means the defaults', async t => {
  const loaded = await load(t, {});
  assert.deepEqual(loaded.config, defaultConfig(METAS));
  assert.deepEqual(loaded.problems, []);
  assert.equal(loaded.located.why, 'defaults only');
});

test('the nearest file counts alone, and the command line before all', async t => {
  const files = {
    'given.yaml': 'time: { year: 2001 }',
    'env.yaml': 'time: { year: 2002 }',
    'watchpost.yaml': 'time: { year: 2003 }\n',
    'home/.config/watchpost/config.yaml': 'time: { year: 2004 }\nlimits: { filesMax: 7 }',
    'etc/config.yaml': 'time: { year: 2005 }\nidentity: { recipientDelimiter: "-" }',
    'etc/conf.d/20-b.yaml': 'time: { year: 2007 }',
    'etc/conf.d/10-a.yaml': 'time: { year: 2006, timezone: "+02:00" }',
  };
  const year = async (env: Record<string, string>, explicit?: string) =>
    (await load(t, files, env, explicit)).config.time.year;
  assert.equal(await year({ WATCHPOST_CONFIG: 'env.yaml' }, 'given.yaml'), 2001);
  assert.equal(await year({ WATCHPOST_CONFIG: 'env.yaml' }), 2002);
  assert.equal(await year({}), 2003);
  const { 'watchpost.yaml': _, ...user } = files;
  assert.equal((await load(t, user)).config.time.year, 2004);
  const { 'home/.config/watchpost/config.yaml': __, ...system } = user;
  const { config, origins } = await load(t, system);
  assert.deepEqual(config.time, { year: 2007, timezone: '+02:00' });
  assert.equal(config.identity.recipientDelimiter, '-');
  assert.match(origins.get('time.year')?.file ?? '', /20-b\.yaml$/);
});

test('the environment wins over every file, whatever the case of its keys', async t => {
  const env = {
    WATCHPOST_LIMITS__LATENESS_MS: '5',
    WATCHPOST_ANALYTICS__AN1009__MAIL_VOLUME_THRESHOLD: '99',
    WATCHPOST_ANALYTICS__an1009__attachmentpatternlist: '[a, b]',
  };
  const { config, origins, problems: found } = await load(t, { 'watchpost.yaml': 'limits: { latenessMs: 7 }' }, env);
  assert.deepEqual(found, []);
  assert.equal(config.limits.latenessMs, 5);
  assert.deepEqual(config.analytics.get('AN1009')?.get('AttachmentPatternList'), ['a', 'b']);
  assert.equal(config.analytics.get('AN1009')?.get('MailVolumeThreshold'), 99);
  assert.equal(origins.get('limits.latenessMs')?.file, '$WATCHPOST_LIMITS__LATENESS_MS');
});

test('an unknown key is told at its place, with what was probably meant', async t => {
  const text = 'limits:\n  linebytesMx: 5\ntimes: {}\nanalytics:\n  AN1009:\n    MailVolumeTreshold: 3\n  AN9999: {}\n';
  const found = problems(await load(t, { 'watchpost.yaml': text }));
  assert.equal(found.length, 4);
  const all = found.join('\n');
  assert.match(
    all,
    /^watchpost\.yaml:2:3: unknown key "linebytesMx" in limits; .*did you mean "lineBytesMax"\? \[E_CONFIG_UNKNOWN_KEY\]$/m,
  );
  assert.match(all, /^watchpost\.yaml:3:1: unknown key "times"; expected one of .*; did you mean "time"\?/m);
  assert.match(all, /^watchpost\.yaml:6:5: .*did you mean "MailVolumeThreshold"\?/m);
  assert.match(all, /^watchpost\.yaml:7:3: unknown key "AN9999" in analytics; expected one of AN1009, AN0656/m);
});

test('a wrong value is told with what was expected and how to mend it', async t => {
  const text = [
    'limits: { latenessMs: soon, filesMax: 0 }',
    'time: { timezone: Mars/Base, year: 26 }',
    'analytics: { AN1009: { MailVolumeThreshold: many, AttachmentPatternList: x }, AN0656: { Weights: { executed: a } } }',
    'identity: { recipientDelimiter: ab }',
  ];
  const found = problems(await load(t, { 'watchpost.yaml': text.join('\n') }));
  assert.equal(found.length, 8);
  assert.equal(
    found.find(each => each.includes('latenessMs')),
    'watchpost.yaml:1:23: limits.latenessMs is "soon"; expected a number; correct it, or remove it to use the default [E_CONFIG_TYPE]',
  );
  assert.ok(
    found.every(each => /^watchpost\.yaml:\d+:\d+: [^;]+; expected [^;]+; /.test(each)),
    found.join('\n'),
  );
});

test('broken YAML, aliases without end and a missing file are told', async t => {
  assert.match(
    problems(await load(t, { 'watchpost.yaml': 'limits:\n  a: [1\n' }))[0] ?? '',
    /^watchpost\.yaml:\d+:\d+: not valid YAML/,
  );
  assert.match(
    problems(await load(t, { 'watchpost.yaml': 'a: 1\na: 2\n' }))[0] ?? '',
    /^watchpost\.yaml:2:1: .*E_CONFIG_SYNTAX/,
  );
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefg'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdef'[i]},`.repeat(9)}]`),
  ];
  assert.match(problems(await load(t, { 'watchpost.yaml': bomb.join('\n') }))[0] ?? '', /aliases/);
  assert.match(problems(await load(t, {}, {}, 'none.yaml'))[0] ?? '', /^none\.yaml: no such file; .*E_CONFIG_MISSING/);
  assert.match(problems(await load(t, { 'd/x': '' }, {}, 'd'))[0] ?? '', /E_CONFIG_UNREADABLE/);
  assert.match(
    problems(await load(t, { 'watchpost.yaml': '- a\n' }))[0] ?? '',
    /the file is a list; expected keys and values/,
  );
});

test('an empty file and empty sections say nothing and harm nothing', async t => {
  for (const text of ['', '# only a comment\n', 'limits:\nanalytics:\n  AN1009:\n']) {
    const loaded = await load(t, { 'watchpost.yaml': text });
    assert.deepEqual(loaded.problems, []);
    assert.deepEqual(loaded.config, defaultConfig(METAS));
  }
});

test('the inventory is carried through, and bad entries are content problems', async t => {
  const good = '{ id: backup, user: backup, owner: ops, purpose: nightly copy, expires: 2027-03-31 }';
  const loaded = await load(t, { 'watchpost.yaml': `inventory:\n  - ${good}\n` });
  assert.deepEqual(loaded.problems, []);
  assert.equal(loaded.config.inventory[0]?.owner, 'ops');
  const bad = [
    '{ id: a, owner: o, purpose: p, expires: 2027-03-31 }',
    '{ id: b, user: u, purpose: p, expires: 2027-02-30 }',
    '{ id: c, user: u, owner: o, purpose: p, expires: 2027-01-01, analytics: AN0656 }',
  ];
  const found = (await load(t, { 'watchpost.yaml': `inventory:\n${bad.map(each => `  - ${each}\n`).join('')}` }))
    .problems;
  assert.ok(found.length >= 4);
  assert.ok(found.every(each => each.code === 'E_CONFIG_INVENTORY'));
  assert.match(found.map(problemLine).join('\n'), /did you mean "analytic"\?/);
  const twice = await load(t, { 'watchpost.yaml': `inventory:\n  - ${good}\n  - ${good}\n` });
  assert.match(problems(twice)[0] ?? '', /^watchpost\.yaml:3:\d+: inventory id "backup" is there twice/);
});

test('zones are UTC, offsets and names', () => {
  assert.equal(zoneOffsetMinutes('UTC', 0), 0);
  assert.equal(zoneOffsetMinutes('+02:00', 0), 120);
  assert.equal(zoneOffsetMinutes('-0930', 0), -570);
  assert.equal(zoneOffsetMinutes('Asia/Kolkata', 0), 330);
  assert.equal(zoneOffsetMinutes('Europe/Berlin', Date.UTC(2026, 6, 1)), 120);
  assert.equal(zoneOffsetMinutes('Europe/Berlin', Date.UTC(2026, 0, 1)), 60);
  assert.equal(zoneOffsetMinutes('+25:00', 0), null);
  assert.equal(zoneOffsetMinutes('Mars/Base', 0), null);
  assert.equal(hasSummerTime('Europe/Berlin', 2026), true);
  assert.equal(hasSummerTime('Asia/Kolkata', 2026), false);
});

test('suggests only what is near', () => {
  assert.equal(nearest('sacn', ['scan', 'explain']), 'scan');
  assert.equal(nearest('banana', ['scan', 'explain']), '');
});
