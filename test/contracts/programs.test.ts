import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epochMs } from '../../src/core/time.ts';
import { PROGRAMS } from '../../src/decoders/syslog/programs.ts';
import type { ProgramDecoder, SyslogMeta } from '../../src/decoders/syslog-contract.ts';
import type { WatchEvent } from '../../src/events/event.ts';
import { corpusOf, hostileLines } from '../support/corpus.ts';
import { exportsUnder, headerOf } from '../support/units.ts';

const META: SyslogMeta = {
  time: epochMs(Date.UTC(2026, 2, 1)),
  host: 'mx.example.org',
  program: '',
  pid: 4711,
  ref: { source: 0, offset: 0, length: 10, next: null },
  lineHash: 12345,
};

const isProgram = (value: unknown): value is ProgramDecoder =>
  typeof value === 'object' && value !== null && 'programs' in value && 'decode' in value;

const exported = (await exportsUnder('src/decoders')).filter(each => isProgram(each.value));

test('every program decoder is in the registry, once', () => {
  const missing = exported.filter(each => !PROGRAMS.includes(each.value as ProgramDecoder));
  assert.deepEqual(
    missing.map(each => `${each.file} ${each.name}`),
    [],
  );
  const ids = PROGRAMS.map(decoder => decoder.id);
  assert.deepEqual([...new Set(ids)], ids, 'each id once');
  const names = PROGRAMS.flatMap(decoder => decoder.programs);
  assert.deepEqual([...new Set(names)], names, 'each program name once');
});

test('every program decoder says in its header where its format comes from and whom to believe', () => {
  for (const each of exported) {
    const header = headerOf(each.file, each.name);
    assert.match(header, /Source:/, `${each.file} ${each.name}`);
    assert.match(header, /Trust:/, `${each.file} ${each.name}`);
  }
});

const lines = corpusOf(sample => /^[A-Z][a-z]{2} [ \d]\d |^\d{4}-/.test(sample.toString('latin1', 0, 20)), 6).flatMap(
  corpus => corpus.lines,
);
const messages = new Map<string, Buffer[]>();
for (const line of lines) {
  const found = /^\S+(?: +\d+ [\d:]+)? \S+ ([^\s[:]+)(?:\[\d+\])?: (.*)$/.exec(line.toString('latin1'));
  if (!found) continue;
  const [, program, text] = found as unknown as [string, string, string];
  messages.set(program, [...(messages.get(program) ?? []), Buffer.from(text, 'latin1')]);
}
const ofAll = [...messages.values()].flatMap(each => each.slice(0, 50));

for (const decoder of PROGRAMS) {
  const programs = [...messages.keys()].filter(
    name => decoder.programs.includes(name) || decoder.accepts?.(name) === true,
  );
  const own = programs.flatMap(name => (messages.get(name) as Buffer[]).slice(0, 300));
  const meta = { ...META, program: programs[0] ?? decoder.programs[0] ?? 'postfix/smtpd' };

  test(`${decoder.id}: no text makes it throw, it remembers nothing, and its reasons are a closed set`, () => {
    const reasons = new Set<string>();
    const decode = (text: string): { events: WatchEvent[]; tag: string } => {
      const events: WatchEvent[] = [];
      const verdict = decoder.decode(text, meta, event => events.push(event));
      if (verdict.tag !== 'emit') reasons.add(verdict.reason);
      return { events, tag: verdict.tag };
    };
    const hostile = hostileLines(own.length > 0 ? own : ofAll);
    fc.assert(
      fc.property(hostile, many => {
        for (const line of many) {
          const text = line.toString('utf8');
          const once = decode(text);
          assert.ok(['emit', 'skip', 'reject'].includes(once.tag));
          if (once.tag !== 'emit') assert.deepEqual(once.events, []);
          assert.deepEqual(decode(text), once);
          for (const event of once.events) {
            if (decoder.ownTime !== true) assert.equal(event.time, meta.time);
            assert.ok(Number.isFinite(event.time));
            assert.equal(event.host, meta.host);
            assert.deepEqual(event.ref, meta.ref);
          }
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(reasons.size <= 25, [...reasons].join('\n'));
  });
}
