import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generate } from './generate.ts';
import { parseScene, readScenes } from './scenes.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchpost-bench-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const options = { bytes: 5_000_000, seed: 1, actors: 8, attackEvery: 10 };

test('one clock and one serial number run through the whole log', () => {
  const path = join(folder, 'a.log');
  const stats = generate(path, readScenes(), options);
  const text = readFileSync(path, 'latin1');
  assert.equal(text.length, stats.bytes);
  const lines = text.trimEnd().split('\n');
  assert.equal(lines.length, stats.lines);
  let [time, serial] = [0, 0];
  for (const line of lines) {
    const head = /^type=\w+ msg=audit\((\d+\.\d{3}):(\d+)\)/.exec(line);
    assert.ok(head, line);
    const [at, number] = [Number(head[1]), Number(head[2])];
    assert.ok(at >= time && number >= serial && number <= serial + (serial === 0 ? number : 1), line);
    [time, serial] = [at, number];
  }
  assert.ok(new Set(text.match(/ pid=\d+/g)).size > 200, 'many processes');
  assert.ok(new Set(text.match(/\/home\/u\d+/g)).size > 10, 'many users');
});

test('the same seed gives the same bytes, another seed others', () => {
  const scenes = readScenes();
  const make = (name: string, seed: number): Buffer => {
    generate(join(folder, name), scenes, { ...options, bytes: 300_000, seed });
    return readFileSync(join(folder, name));
  };
  const first = make('b.log', 7);
  assert.deepEqual(make('c.log', 7), first);
  assert.notDeepEqual(make('d.log', 8), first);
});

test('within one scene a user, a child and a session are the same wherever they appear', () => {
  const log = [
    'type=SYSCALL msg=audit(1000.000:1): arch=c000003e syscall=56 success=yes exit=4711 items=0 ppid=600 pid=700 auid=1001 uid=1001 ses=5 comm="sh" UID="ops"',
    'type=SYSCALL msg=audit(1000.500:2): arch=c000003e syscall=59 success=yes exit=0 items=1 ppid=700 pid=4711 auid=1001 uid=0 ses=4294967295 comm="ls"',
    'type=CWD msg=audit(1000.500:2): cwd="/home/ops/x"',
    'type=PROCTITLE msg=audit(1000.500:2): proctitle=6C73002F686F6D652F6F7073',
  ].join('\n');
  const scene = parseScene('x/cases/quiet.a/audit.log.gz', log, 'ops:x:1001:1001::/home/ops:/bin/sh\n');
  const path = join(folder, 'e.log');
  generate(path, [scene], { bytes: 400, seed: 3, actors: 1, attackEvery: 10 });
  const text = readFileSync(path, 'latin1');
  const child = /exit=(\d+)/.exec(text)?.[1];
  assert.notEqual(child, '4711');
  assert.match(text, new RegExp(` pid=${child} `));
  const uid = /auid=(\d+)/.exec(text)?.[1];
  assert.match(text, new RegExp(`UID="u${uid}"`));
  assert.match(text, new RegExp(`cwd="/home/u${uid}/x"`));
  assert.match(text, new RegExp(`proctitle=6C7300${Buffer.from(`/home/u${uid}`).toString('hex').toUpperCase()}`));
  assert.match(text, /uid=0 ses=4294967295/);
});
