import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { breachesOf } from '../scripts/lib/boundaries.ts';
import { importsOf } from '../scripts/lib/imports.ts';
import { filesUnder, foldersIn, ROOT } from '../scripts/lib/tree.ts';
import { ROOMS } from '../scripts/rooms.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const sources = filesUnder('src').filter(file => file.endsWith('.ts'));
const isTest = (file: string) => /\.(test|test-support|fixture)\.ts$/.test(file) || file.includes('/cases/');
const house = sources.filter(file => !isTest(file));

test('every room imports only what the table of rooms allows', () => {
  assert.ok(house.length > 20, 'the source tree was found');
  const breaches = house.flatMap(file => breachesOf(file, read(file), ROOMS));
  assert.deepEqual(
    breaches.map(each => `${each.file}:${each.line} ${each.specifier}: ${each.why}`),
    [],
  );
});

test('no files of the house import each other in a circle, not even for types', () => {
  const imports = new Map(
    house.map(file => [
      file,
      importsOf(read(file))
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => join(dirname(file), specifier)),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, above: readonly string[]): void => {
    if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' -> '));
    if (done.has(file) || above.includes(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...above, file]);
    done.add(file);
  };
  for (const file of house) visit(file, []);
  assert.deepEqual(circles, []);
});

test('every folder under src/ is a room of the table', () => {
  const names = new Set(ROOMS.map(room => room.name));
  const inhabited = foldersIn('src').filter(name => house.some(file => file.startsWith(`src/${name}/`)));
  assert.deepEqual(
    inhabited.filter(name => !names.has(name)),
    [],
  );
});

test('the table itself runs one way only', () => {
  const seen = new Set<string>();
  for (const room of ROOMS) {
    for (const name of room.imports)
      assert.ok(seen.has(name), `${room.name} imports ${name}, which comes later or is unknown`);
    seen.add(room.name);
  }
});

test('the parts that judge touch no file, socket, process, clock or database', () => {
  const judging = ROOMS.filter(room =>
    ['core', 'events', 'decoders', 'state', 'analytics', 'alerts'].includes(room.name),
  );
  assert.equal(judging.length, 6);
  for (const room of judging) {
    assert.deepEqual(
      room.builtins.filter(name => !['crypto', 'buffer'].includes(name)),
      [],
      room.name,
    );
  }
});

test('no room starts a program, opens a socket or a database', () => {
  const forbidden = [
    'child_process',
    'net',
    'tls',
    'http',
    'https',
    'http2',
    'dgram',
    'dns',
    'sqlite',
    'cluster',
    'vm',
  ];
  for (const room of ROOMS) {
    assert.deepEqual(
      room.builtins.filter(name => forbidden.includes(name)),
      [],
      room.name,
    );
  }
});

test('a wrong import is found, whatever it looks like', () => {
  const wrong: [file: string, text: string, why: RegExp][] = [
    ['src/state/x.ts', "import { a } from '../analytics/a.ts';", /state may not import analytics/],
    ['src/state/x.ts', "import type { a } from '../analytics/a.ts';", /state may not import analytics/],
    ['src/state/mail/x.ts', "export * from '../../engine/a.ts';", /state may not import engine/],
    ['src/core/x.ts', "import { z } from 'zod';", /may not use the package zod/],
    ['src/analytics/an1/x.ts', "import fs from 'node:fs';", /may not use node:fs/],
    ['src/analytics/an1/x.ts', "const net = await import('node:net');", /may not use node:net/],
    ['src/decoders/x.ts', "import { a } from '../sources/a.ts';", /decoders may not import sources/],
    ['src/decoders/x.ts', 'const a = await import(name);', /computed/],
    ['src/sinks/x.ts', "import { scan } from '../engine/scan.ts';", /only types from engine/],
    ['src/state/x.ts', "import { a } from '../../lab/a.ts';", /outside src/],
    ['src/attic/x.ts', '', /no room called attic/],
  ];
  for (const [file, text, why] of wrong) {
    const breaches = breachesOf(file, text, ROOMS);
    assert.equal(breaches.length, 1, text);
    assert.match((breaches[0] as { why: string }).why, why);
  }
});

test('a right import passes', () => {
  const right: [file: string, text: string][] = [
    ['src/state/x.ts', "import { a } from '../core/a.ts';"],
    ['src/state/x.ts', "import { a } from './mail/a.ts';"],
    ['src/events/x.ts', "import { z } from 'zod';"],
    ['src/core/x.ts', "import { createHash } from 'node:crypto';"],
    ['src/sinks/x.ts', "import type { ScanReport } from '../engine/report.ts';"],
    ['src/engine/x.ts', "import { a } from '../analytics/a.ts';"],
  ];
  for (const [file, text] of right) assert.deepEqual(breachesOf(file, text, ROOMS), [], text);
});

test('the reader of imports misses none that a real bundler sees', async () => {
  const seen: { importer: string; specifier: string }[] = [];
  await build({
    entryPoints: house.map(file => join(ROOT, file)),
    outdir: join(ROOT, 'dist'),
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    plugins: [
      {
        name: 'list',
        setup(builder) {
          builder.onResolve({ filter: /.*/ }, args => {
            if (args.kind === 'entry-point') return undefined;
            seen.push({ importer: args.importer, specifier: args.path });
            return { path: args.path, external: true };
          });
        },
      },
    ],
  });
  assert.ok(seen.length > 3);
  const missed = seen.filter(({ importer, specifier }) => {
    const ours = importsOf(readFileSync(importer, 'utf8')).filter(use => !use.typeOnly);
    return !ours.some(use => use.specifier === specifier);
  });
  assert.deepEqual(missed, []);
});
