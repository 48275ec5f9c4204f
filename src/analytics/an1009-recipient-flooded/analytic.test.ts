import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../events/finding.ts';
import {
  address,
  alarm,
  CLERK,
  hushed,
  month,
  names,
  neighbours,
  quiet,
  stranger,
  told,
  word,
} from './claims.test-support.ts';
import {
  DAY,
  gist,
  HOUR,
  inOrder,
  log,
  type Mail,
  MINUTE,
  many,
  ordinaryMonth,
  replay,
  T0,
} from './flood.test-support.ts';

test('one sender, hundreds in minutes', () => {
  const found = alarm(many(300, T0, 1000, () => ({ from: 'mallory@attacker.example', size: 2100 })));
  assert.equal(found.severity, 'high');
  assert.equal(found.host, 'mx1');
  assert.equal(found.key, `clerk|${new Date(T0).toISOString()}`);
  assert.ok(names(found).includes('one-sender'));
  assert.match(
    found.story,
    /300 messages from one sender \(mallory@attacker\.example\) went to the mailbox clerk, 60 of them within one minute/,
  );
  assert.ok(found.entities.some(each => each.kind === 'user' && each.value === 'clerk'));
  assert.ok(found.links.some(each => each.strength === 'observed' && each.kind === 'same mailbox'));
});

test('subscription bombing: strangers, one message each, from everywhere', () => {
  const found = alarm([...month, ...many(300, T0, 2000, i => ({ from: stranger(i), ip: address(i) }))]);
  assert.equal(found.severity, 'high');
  assert.ok(names(found).includes('strangers-once-each'));
});

test('three a minute for eight hours where a few a day are usual', () => {
  const found = alarm([...month, ...many(1440, T0, 20_000, i => ({ from: stranger(i), ip: address(i) }))]);
  assert.equal(found.severity, 'high');
  assert.match(found.story, /1440 messages/);
});

test('address extensions, aliases, quoted and upper-case spellings are one mailbox', () => {
  const to = [
    'clerk+shop@example.org',
    'CLERK@Example.ORG',
    '"clerk"@example.org',
    'orders@example.org',
    'clerk+a+b@example.org',
    'clerk@mx1.example.org',
  ];
  const found = alarm([
    ...month,
    ...many(180, T0, 1000, i => ({ to: to[i % to.length] as string, from: 'm@attacker.example' })),
  ]);
  assert.match(found.story, /180 messages/);
  assert.ok(names(found).includes('many-addresses'));
});

test('a catch-all and a virtual map are seen through what the MTA expands', () => {
  const found = alarm([
    ...month,
    ...many(180, T0, 1000, i => ({ to: CLERK, origTo: `${word(i)}@second.example`, from: stranger(i) })),
  ]);
  assert.ok(found.severity === 'high' && names(found).includes('many-addresses'));
});

test('the same large attachment until the mailbox is full, and on', () => {
  const stored = many(100, T0, 1500, i => ({ from: stranger(i), size: 5_000_000, attachment: `invoice${i}.zip` }));
  const full = many(100, T0 + 150_000, 1500, i => ({
    from: stranger(100 + i),
    size: 5_000_000,
    attachment: `invoice${i}.zip`,
    fate: 'full' as const,
  }));
  const found = alarm([...month, ...stored, ...full]);
  assert.equal(found.severity, 'high');
  assert.deepEqual(names(found).slice(0, 2), ['volume', 'attachment-repeated']);
  assert.ok(names(found).includes('mailbox-full'));
  assert.ok(found.steps.some(step => step.id === 'attachment' && step.summary.includes('invoice#.zip')));
  const repeated = found.factors.find(factor => factor.name === 'attachment-repeated');
  assert.deepEqual(repeated?.steps.slice(0, 1), ['attachment']);
  assert.deepEqual([repeated?.tunable?.name, repeated?.tunable?.limit], ['AttachmentPatternList', '.zip']);
});

test('backscatter with the null sender', () => {
  const found = alarm([...month, ...many(200, T0, 1500, i => ({ from: '', ip: address(i) }))]);
  assert.ok(found.severity === 'high' && names(found).includes('backscatter'));
});

test('a list that is abused floods all its members', () => {
  const recipients = [CLERK, 'dev@example.org', 'buyer@example.org'];
  const months = recipients.flatMap(to => ordinaryMonth(to, T0, 6));
  const found = told([...months, ...many(250, T0, 1000, () => ({ from: 'list-bounces@lists.example', recipients }))]);
  assert.deepEqual(
    found.map(each => `${each.title} ${each.severity}`),
    ['buyer', 'clerk', 'dev'].map(box => `Mailbox ${box} flooded medium`),
  );
});

test('two mail hosts, each with half of it, over midnight', () => {
  const midnight = T0 + 15 * HOUR;
  const found = alarm([
    ...month,
    ...many(200, midnight - 100_000, 1000, i => ({ host: i % 2 ? 'mx1' : 'mx2', from: stranger(i), ip: address(i) })),
  ]);
  assert.match(found.story, /200 messages/);
  assert.deepEqual(
    found.entities.filter(each => each.kind === 'host').map(each => each.value),
    ['mx1', 'mx2'],
  );
});

test('bursts sized just under the limit of a minute add up', () => {
  const bursts = Array.from({ length: 10 }, (_, wave) =>
    many(29, T0 + wave * 3 * MINUTE, 1000, i => ({ from: stranger(wave * 29 + i), ip: address(i) })),
  );
  const found = alarm([...month, ...bursts.flat()]);
  assert.equal(found.severity, 'high');
});

test('sources that rotate within a /64', () => {
  const found = alarm([
    ...month,
    ...many(200, T0, 1000, i => ({ from: 'q@w.example', ip: `2001:db8:1:1::${(i + 1).toString(16)}` })),
  ]);
  assert.ok(names(found).includes('one-network'));
  assert.match(found.factors.map(each => each.evidence).join(), /2001:db8:1:1::\/64/);
});

test('LMTP, virtual mailboxes, mbox, a delivery command and a gateway that passes on count alike', () => {
  for (const fate of ['lmtp', 'virtual', 'mailbox', 'command', 'gateway'] as const) {
    const history = month.map(mail => ({ ...mail, fate }));
    const found = alarm([...history, ...many(200, T0, 1000, i => ({ from: stranger(i), ip: address(i), fate }))]);
    assert.equal(found.severity, 'high', fate);
  }
});

test('what an outage delayed but which came in a burst is a burst', () => {
  const found = alarm([
    ...month,
    ...many(300, T0, 100, i => ({ from: stranger(i), ip: address(i), delaySeconds: 3 * 3600 })),
  ]);
  assert.equal(found.severity, 'high');
});

test('loopback proves nothing: a flood through a proxy or tunnel is told', () => {
  const flood = many(200, T0, 1000, i => ({ from: stranger(i), ip: '127.0.0.1', name: 'localhost' }));
  assert.equal(alarm([...month, ...flood]).severity, 'high');
  assert.equal(alarm(flood).severity, 'medium');
});

test('a sender who claims our own domain from many places is no colleague', () => {
  assert.ok(
    ['medium', 'high'].includes(
      alarm([...month, ...many(200, T0, 1000, i => ({ from: 'ops@example.org', ip: address(i) }))]).severity,
    ),
  );
});

test('a second wave within hours is the same story, one days later another', () => {
  const wave = (at: number, from: number): Mail[] =>
    many(150, at, 1000, i => ({ from: stranger(from + i), ip: address(i) }));
  const found = told([...month, ...wave(T0, 0), ...wave(T0 + 2 * HOUR, 200), ...wave(T0 + 3 * DAY, 400)]);
  assert.deepEqual(
    found.map(each => each.key),
    [`clerk|${new Date(T0).toISOString()}`, `clerk|${new Date(T0 + 3 * DAY).toISOString()}`],
  );
  assert.match((found[0] as Finding).story, /300 messages/);
});

test('a flood that is over is not told again by the mail of the same day', () => {
  const flood = many(500, T0, 1000, i => ({ from: stranger(i), ip: address(i) }));
  const later = [7, 9].map(hours => ({ at: T0 + hours * HOUR, from: 'partner0@example.net', to: CLERK }));
  const found = alarm([...month, ...flood, ...later]);
  assert.match(found.story, / 500 messages /);
});

test('a wave on the next day is said to go on from the last one, a week after it or behind a harmless burst not', () => {
  const wave = (at: number, from: number): Mail[] =>
    many(150, at, 1000, i => ({ from: stranger(from + i), ip: address(i) }));
  const minutes = 149_000;
  const found = told([...month, ...wave(T0, 0), ...wave(T0 + DAY, 200), ...wave(T0 + 8 * DAY + 2 * minutes, 400)]);
  const iso = (time: number): string => new Date(time).toISOString();
  const goesOn = found.map(each => / It goes on from .*$/.exec(each.story)?.[0] ?? '');
  const words = ` It goes on from a flood of this mailbox between ${iso(T0)} and ${iso(T0 + minutes)}, 150 messages.`;
  assert.deepEqual(goesOn, ['', words, '']);
  const harmless = many(150, T0, 1000, i => ({ from: stranger(i), ip: address(i), sasl: 'dev' }));
  const after = told([...month, ...harmless, ...wave(T0 + DAY, 200)]);
  assert.deepEqual(
    after.map(each => [each.severity, / It goes on from /.test(each.story)]),
    [
      ['informational', false],
      ['high', false],
    ],
  );
});

test('behind a flood, strangers of few domains that come as fast are its next wave; by themselves they are people who answer', () => {
  const first = many(80, T0, 40_000, i => ({ from: stranger(i), ip: address(i) }));
  const second = many(70, T0 + DAY, 40_000, i => ({ from: `person${i}@p${i % 2}.example`, ip: address(i % 2) }));
  const found = told([...month, ...first, ...second]);
  assert.deepEqual(
    found.map(each => [each.severity, / It goes on from /.test(each.story)]),
    [
      ['medium', false],
      ['low', true],
    ],
  );
  quiet([...month, ...second]);
});

test('the one real warning hidden in the flood is named first, by its known sender', () => {
  const bank = 'alerts@bank.example';
  const earlier = [20, 10, 3].map(day => ({ at: T0 - day * DAY, from: bank, to: CLERK }));
  const flood = many(300, T0, 1000, i => ({ from: stranger(i), ip: address(i) }));
  const found = alarm([...month, ...earlier, ...flood, { at: T0 + 150_500, from: bank, to: CLERK, id: 'BA4BA4BA4B' }]);
  const out = found.steps.filter(step => step.id.startsWith('stands-out'));
  assert.equal(out.length, 1);
  assert.match(out[0]?.summary ?? '', /the sender was known before it: BA4BA4BA4B from <alerts@bank\.example>/);
  assert.match(found.next[0] ?? '', /^Read the 1 message that/);
});

test('among senders that differ in numbers only, an unknown one that does not is named', () => {
  const flood = many(300, T0, 1000, i => ({ from: `noreply@shop${i}.example` }));
  const found = alarm([...month, ...flood, { at: T0 + 99_500, from: 'alerts@bank.example', to: CLERK }]);
  assert.match(found.steps.find(step => step.id === 'stands-out-1')?.summary ?? '', /alerts@bank\.example/);
});

test('a reliable estimate of what is usual is in the story, or its absence in the gaps', () => {
  const flood = many(300, T0, 1000, i => ({ from: stranger(i) }));
  assert.match(alarm([...month, ...flood]).story, /within an hour are usual there at most/);
  assert.ok(alarm(flood).missing.some(each => each.includes('too short to say what is usual')));
});

test('one relay that hands everything in is named as a blind spot', () => {
  const found = alarm([...month, ...many(300, T0, 1000, i => ({ from: stranger(i), ip: '198.51.100.9' }))]);
  assert.ok(found.missing.some(each => each.startsWith('One relay hands everything in')));
});

test('a vacation loop is told as a loop, not as a bombing', () => {
  const robot = many(150, T0, 2000, () => ({ from: 'robot@far.example' }));
  const replies = many(150, T0 + 500, 2000, () => ({
    to: 'robot@far.example',
    from: '',
    uid: 1003,
    fate: 'gateway' as const,
  }));
  const found = told([...month, ...robot, ...replies]);
  assert.deepEqual(
    found.map(each => `${each.title}: ${each.severity}`),
    ['Mail loop at clerk: informational'],
  );
});

test('volume alone stays informational', () => {
  // Known senders, many more than ever, nothing in common.
  const known = Array.from({ length: 40 }, (_, i) => ({ at: T0 - 10 * DAY + i * HOUR, to: CLERK, from: stranger(i) }));
  const found = told([...month, ...known, ...many(400, T0, 5000, i => ({ from: stranger(i % 40), ip: address(i) }))]);
  for (const each of found) assert.equal(each.severity, 'informational');
});

test('connections without a message are one signal: informational alone, a factor beside a flood', () => {
  const storm = Array.from(
    { length: 400 },
    (_, i) =>
      `${new Date(T0 + i * 1000).toISOString().replace('Z', '')}+00:00 mx1 postfix/smtpd[9]: disconnect from unknown[203.0.113.${i % 200}] ehlo=1 mail=1 rcpt=1 quit=1 commands=4`,
  );
  const alone = replay(inOrder([...log(month), ...storm]));
  assert.deepEqual(
    alone.map(each => `${each.title}: ${each.severity}`),
    ['Many connections without a message at mx1: informational'],
  );
  const beside = replay(inOrder([...log([...month, ...many(200, T0, 1000, i => ({ from: stranger(i) }))]), ...storm]));
  assert.ok(beside.some(each => each.severity === 'high' && names(each).includes('empty-connections')));
});

test('tunables: a higher threshold, a noisy and a critical mailbox', () => {
  const flood = [...month, ...many(300, T0, 1000, i => ({ from: stranger(i) }))];
  quiet(flood, { tunables: { MailVolumeThreshold: 200 } });
  quiet(flood, { tunables: { NoisyRecipients: ['clerk+x@example.org'] } });
  assert.ok(
    alarm(flood, { tunables: { CriticalMailboxes: [CLERK] } }).next.some(each => each.includes('CriticalMailboxes')),
  );
  assert.equal(
    alarm([...month, ...many(40, T0, 500, i => ({ from: stranger(i) }))], { tunables: { BurstMinimum: 30 } }).severity,
    'medium',
  );
  hushed([...month, ...many(40, T0, 500, i => ({ from: stranger(i) }))]);
});

test('what alerts never becomes usual: the tenth day of bombing is told like the first', () => {
  const days = Array.from({ length: 10 }, (_, day) =>
    many(200, T0 + day * DAY, 1000, i => ({ from: stranger(day * 300 + i) })),
  );
  const found = told([...month, ...days.flat()]);
  assert.deepEqual(
    found.map(each => each.severity),
    Array.from({ length: 10 }, () => 'high'),
  );
});

test("an attacker's words in sender and attachment change no field and stay data", () => {
  const from = '"x> to=<ops@example.org>, relay=local, status=sent (delivered to maildir)"@evil.example';
  const found = alarm([...month, ...many(200, T0, 1000, () => ({ from }))]);
  assert.equal(found.title, 'Mailbox clerk flooded');
  assert.match(found.story, /200 messages from one sender/);
});

const scene: readonly string[] = log([
  ...ordinaryMonth(CLERK, T0, 2).slice(-30),
  ...many(220, T0, 700, i => ({ from: stranger(i), ip: address(i), host: i % 3 ? 'mx1' : 'mx2' })),
  { at: T0 + 70_300, from: 'partner0@example.net', to: CLERK },
  ...neighbours,
]);
const whole = gist(replay(scene));

test('saved and restored at any line, the findings stay the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: scene.length - 1 }), cutAt =>
      assert.deepEqual(gist(replay(scene, { cutAt })), whole),
    ),
    { numRuns: 12 },
  );
});

test('lines in any order within the lateness, and doubled, tell the same', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3900), { minLength: 40, maxLength: 40 }), delays => {
      const keyed = scene.flatMap((line, index) => {
        const time = Date.parse(line.slice(0, 29));
        return [0, 1].map(copy => ({ line, key: time + (delays[(index * 2 + copy) % 40] as number), index }));
      });
      keyed.sort((a, b) => a.key - b.key || a.index - b.index);
      assert.deepEqual(
        gist(
          replay(
            keyed.map(each => each.line),
            { latenessMs: 5000 },
          ),
        ),
        whole,
      );
    }),
    { numRuns: 12 },
  );
});
