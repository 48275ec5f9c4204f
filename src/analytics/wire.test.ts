import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../state/world.ts';
import { flowOf } from './mail-facts.test-support.ts';
import { Story } from './story.ts';
import { bytesText, destinationText, flowStep, tellFlow } from './wire.ts';

test('bytes are told where any were counted, and of the other side that they were not', () => {
  for (const [bytesOut, bytesIn, text] of [
    [-1, -1, ''],
    [0, 0, '0 bytes out, 0 in'],
    [5, -1, '5 bytes out, an unknown number of in'],
    [0, -1, '0 bytes out, an unknown number of in'],
    [-1, 0, 'an unknown number of bytes out, 0 in'],
    [-1, 5, 'an unknown number of bytes out, 5 in'],
  ] as const)
    assert.equal(bytesText(flowOf({ bytesOut, bytesIn })), text);
  assert.equal(bytesText(flowOf({ bytesOut: 5, bytesIn: 6, counted: 'packets' })), '5 bytes out, 6 in (whole packets)');
});

test('a destination is an address and a port, with the name that the client used', () => {
  assert.equal(destinationText(flowOf()), '203.0.113.9:443');
  assert.equal(destinationText(flowOf({ destinationAddress: '2001:db8::9' })), '[2001:db8::9]:443');
  for (const [nameFrom, how] of [
    ['tls', 'asked for in TLS'],
    ['http', 'asked for in HTTP'],
    ['dns', 'looked up by this host'],
    ['dns-of-others', 'looked up by another host'],
  ] as const)
    assert.equal(
      destinationText(flowOf({ name: 'x.example.net', nameFrom })),
      `203.0.113.9:443 (x.example.net, ${how})`,
    );
});

const summary = (facts: Parameters<typeof flowOf>[0]): string | undefined => {
  const story = new Story();
  flowStep(story, { flow: flowOf(facts), strength: 'observed', why: '', alike: 0 });
  return story.steps[0]?.summary;
};

test('a flow is told by who, to whom, what and how long', () => {
  const begin = 'on the wire: 192.0.2.7 to 203.0.113.9:443';
  assert.equal(summary({}), `${begin}, bytes not counted, in 1.5 s`);
  assert.equal(summary({ service: 'ssl', bytesOut: 1, bytesIn: 2 }), `${begin}, ssl, 1 bytes out, 2 in, in 1.5 s`);
  assert.equal(summary({ established: false }), `${begin}, bytes not counted, in 1.5 s, not answered`);
});

test('a connection that no sensor saw leaves the story as it is', () => {
  const world = (flow: object | null) => ({ network: { flowOf: () => flow } }) as unknown as World;
  const story = new Story();
  assert.equal(tellFlow(story, 'from', null, world(null)), null);
  assert.deepEqual([story.steps.length, story.links.length], [0, 0]);
  const found = { flow: flowOf(), strength: 'inferred', why: 'by time', alike: 1 };
  assert.equal(tellFlow(story, 'from', null, world(found)), found);
  assert.deepEqual(story.links, [
    { from: 'from', to: 'flow.ended#F1.0.203.0.113.9.443', kind: 'flow', strength: 'inferred', why: 'by time' },
  ]);
});
