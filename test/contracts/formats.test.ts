import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { LineSplitter } from '../../src/core/line-splitter.ts';
import { epochMs } from '../../src/core/time.ts';
import type { DecodeContext, DecoderSession, FileFormat } from '../../src/decoders/contract.ts';
import { FORMATS } from '../../src/decoders/registry.ts';
import type { WatchEvent } from '../../src/events/event.ts';
import { type Corpus, corpusOf, hostileLines } from '../support/corpus.ts';
import { exportsUnder } from '../support/units.ts';

const context = (): DecodeContext => ({
  source: 0,
  defaultHost: 'host.example',
  notAfter: epochMs(Date.UTC(2030, 0, 1)),
  zoneOffsetMinutes: 0,
  latenessMs: 5000,
});

interface Running {
  readonly session: DecoderSession;
  readonly events: WatchEvent[];
  offset: number;
}

function open(format: FileFormat): Running {
  const events: WatchEvent[] = [];
  return { session: format.open(context(), event => events.push(event)), events, offset: 0 };
}

/** Hands a line over somewhere inside a larger buffer, and spoils that buffer afterwards: what is kept must be a copy. */
function push(running: Running, line: Buffer, padding: number): string {
  const buffer = Buffer.alloc(line.length + 2 * padding, 'x');
  line.copy(buffer, padding);
  const verdict = running.session.pushLine(buffer, padding, padding + line.length, running.offset);
  buffer.fill(0xff);
  running.offset += line.length + 1;
  return verdict.tag;
}

function decodeAll(format: FileFormat, lines: readonly Buffer[], padding = 0): WatchEvent[] {
  const running = open(format);
  for (const line of lines) push(running, line, padding);
  running.session.tick(Number.POSITIVE_INFINITY);
  return running.events;
}

const withoutRef = (events: readonly WatchEvent[]) => events.map(({ ref: _, ...rest }) => rest);
const isFormat = (value: unknown): value is FileFormat =>
  typeof value === 'object' && value !== null && 'recognise' in value && 'open' in value;

test('every file format of the decoders is in the registry, once', async () => {
  const exported = (await exportsUnder('src/decoders'))
    .flatMap(each =>
      Array.isArray(each.value) && each.name.endsWith('_FORMATS')
        ? each.value.map(value => ({ ...each, value: value as unknown }))
        : [each],
    )
    .filter(each => isFormat(each.value));
  const missing = exported.filter(each => !FORMATS.includes(each.value as FileFormat));
  assert.deepEqual(
    missing.map(each => `${each.file} ${each.name}`),
    [],
  );
  const ids = FORMATS.map(format => format.id);
  assert.deepEqual([...new Set(ids)], ids);
  assert.deepEqual(
    FORMATS.filter(format => !exported.some(each => each.value === format)).map(format => format.id),
    [],
  );
});

for (const format of FORMATS) {
  const corpora = corpusOf(sample => format.recognise(sample) >= 0.5, 4);
  const lines = corpora.flatMap(corpus => corpus.lines.slice(0, 400));
  const numRuns = 150;

  test(`${format.id}: there are recordings of it, and it recognises no other format's`, () => {
    assert.ok(corpora.length > 0);
    for (const corpus of corpora) {
      const sample = corpus.content.subarray(0, 65_536);
      const best = [...FORMATS].sort((a, b) => b.recognise(sample) - a.recognise(sample))[0];
      assert.equal(best?.id, format.id, corpus.name);
    }
  });

  test(`${format.id}: no bytes make it throw, and every line gets one verdict`, () => {
    fc.assert(
      fc.property(hostileLines(lines), many => {
        const running = open(format);
        for (const line of many) assert.ok(['emit', 'skip', 'reject'].includes(push(running, line, 3)));
        running.session.tick(Number.POSITIVE_INFINITY);
        for (const event of running.events) {
          assert.ok(Number.isFinite(event.time), `${event.kind} has the time ${event.time}`);
          assert.ok(Number.isFinite(event.order) && event.order >= 0, `${event.kind} has the order ${event.order}`);
          assert.ok(event.ref.offset >= 0 && event.ref.offset + event.ref.length <= running.offset);
        }
        const sample = Buffer.concat(many);
        const score = format.recognise(sample);
        assert.ok(score >= 0 && score <= 1);
        assert.equal(typeof format.hostOf(sample), 'string');
        assert.equal(typeof format.firstTime(sample, context()), 'number');
        assert.equal(typeof format.yearless(sample), 'boolean');
      }),
      { numRuns },
    );
  });

  test(`${format.id}: a session saved and restored anywhere goes on as if nothing had been`, () => {
    fc.assert(
      fc.property(
        fc.oneof(slices(corpora), hostileLines(lines)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (many, where) => {
          const whole = decodeAll(format, many);
          const cut = Math.floor(where * many.length);
          const first = open(format);
          for (const line of many.slice(0, cut)) push(first, line, 0);
          const saved: unknown = deserialize(serialize(first.session.snapshot()));
          const second = open(format);
          second.offset = first.offset;
          second.session.restore(saved);
          for (const line of many.slice(cut)) push(second, line, 0);
          second.session.tick(Number.POSITIVE_INFINITY);
          assert.deepEqual([...first.events, ...second.events], whole);
        },
      ),
      { numRuns },
    );
  });

  test(`${format.id}: each line twice gives the same events`, () => {
    for (const corpus of corpora) {
      const doubled = corpus.lines.flatMap(line => [line, line]);
      assert.deepEqual(
        withoutRef(decodeAll(format, doubled)),
        withoutRef(decodeAll(format, corpus.lines)),
        corpus.name,
      );
    }
  });

  test(`${format.id}: events come in the order of their times`, () => {
    for (const corpus of corpora) {
      const times = decodeAll(format, corpus.lines).map(event => event.time);
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
        corpus.name,
      );
    }
  });

  test(`${format.id}: how the bytes are cut into blocks is of no matter`, () => {
    const corpus = corpora[0] as Corpus;
    const whole = decodeAll(format, corpus.lines);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 200_000 }), (least, most) => {
        const running = open(format);
        const splitter = new LineSplitter();
        const onLine = (buffer: Buffer, start: number, end: number, offset: number): void => {
          running.session.pushLine(buffer, start, end, offset);
        };
        let at = 0;
        for (let i = 0; at < corpus.content.length; i++) {
          const size = i % 2 === 0 ? least : most;
          const block = Buffer.from(corpus.content.subarray(at, at + size));
          splitter.feed(block, at, onLine);
          at += block.length;
          block.fill(0xff);
        }
        splitter.end(onLine);
        running.session.tick(Number.POSITIVE_INFINITY);
        assert.deepEqual(running.events, whole);
      }),
      { numRuns: 10 },
    );
  });

  test(`${format.id}: where a line lies in its buffer is of no matter`, () => {
    for (const corpus of corpora) {
      assert.deepEqual(decodeAll(format, corpus.lines, 17), decodeAll(format, corpus.lines, 0), corpus.name);
    }
  });
}

function slices(corpora: readonly Corpus[]): fc.Arbitrary<Buffer[]> {
  return fc
    .tuple(fc.nat(Math.max(0, corpora.length - 1)), fc.nat(100_000), fc.integer({ min: 1, max: 200 }))
    .map(([which, from, count]) => {
      const all = corpora[which]?.lines ?? [];
      const start = all.length === 0 ? 0 : from % all.length;
      return all.slice(start, start + count);
    });
}
