import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { TTY_UNKNOWN } from '../../events/host-events.ts';
import {
  ALIKE,
  BACK,
  BESIDE,
  CROWD,
  each,
  FILES,
  HERE,
  INSIDE,
  MANY,
  ODD,
  OUTSIDE,
  OWN,
  SYSTEM,
  sent,
  shownBy,
  TTY,
  tellsOf,
  terminal,
} from './weigh.test-support.ts';

const READERS = each(4, index => ({ size: 900, to: [`r${index}@site${index}.example`] }));

tellsOf([
  {
    says: 'ten to one address at once',
    outcomes: each(10, () => ({})),
    severity: 'low',
    factors: [MANY, BACK, OUTSIDE],
  },
  { says: 'nine to one address', outcomes: each(9, () => ({})), severity: null, factors: [BACK, OUTSIDE] },
  {
    says: 'ten reports at regular times',
    outcomes: each(10, index => ({ time: index * HOUR_MS })),
    severity: null,
    factors: [BACK, OUTSIDE, ALIKE],
  },
  {
    says: 'three reports are no habit yet',
    outcomes: each(3, index => ({ time: index * HOUR_MS })),
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  {
    says: 'files to outside are not made harmless by habit',
    outcomes: each(4, index => ({ time: index * HOUR_MS, attached: true })),
    severity: 'low',
    factors: [FILES, BACK, OUTSIDE],
  },
  {
    says: 'files to a colleague are',
    outcomes: each(4, index => ({ time: index * HOUR_MS, attached: true, to: [HERE] })),
    severity: null,
    factors: [FILES, BACK, INSIDE, ALIKE],
  },
  {
    says: 'four that are not alike',
    outcomes: each(4, index => ({ time: index, to: [`r${index}@example.net`] })),
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  ...(['web', 'systemd', 'cron'] as const).map(context => ({
    says: `an application (${context}) writes to each who asks`,
    outcomes: each(4, index => ({ size: 900, to: [`r${index}@example.net`] })),
    job: { context },
    severity: null,
    factors: context === 'cron' ? [BACK, OUTSIDE] : [BACK, OUTSIDE, CROWD],
  })),
  ...(['web', 'systemd', 'cron'] as const).map(context => ({
    says: `a ${context} job tells people here, then readers of many domains`,
    outcomes: [...each(2, () => ({ size: 900, to: [HERE] })), ...READERS],
    job: { context },
    severity: context === 'cron' ? 'informational' : null,
    factors: context === 'cron' ? [BACK, OUTSIDE, ODD] : [BACK, OUTSIDE, CROWD],
  })),
  {
    says: 'a web job writes to readers of many domains, and then much more to one of them',
    outcomes: [...READERS, sent({ size: 9000, to: ['r0@site0.example'] })],
    job: { context: 'web' },
    severity: 'informational',
    factors: [BACK, OUTSIDE, ODD],
  },
  {
    says: 'a contact form mails a stranger',
    outcomes: [sent({ to: [HERE] }), sent({ to: [HERE] }), sent()],
    severity: 'informational',
    factors: [BACK, OUTSIDE, ODD],
  },
]);

/** Orphans of a terminal, as `PROMPT_COMMAND` leaves them. */
const ORPHAN = { tty: 'pts0', alone: true } as const;
const detached = { context: 'detached' } as const;
const orphan = (index: number, more = 0) => ({ ...ORPHAN, time: index * 7.5 * MINUTE_MS + more });

tellsOf([
  {
    says: 'three orphans of a terminal write to one outside, within fifteen minutes',
    outcomes: each(3, index => orphan(index)),
    job: detached,
    severity: 'informational',
    factors: [BACK, BESIDE, OUTSIDE],
  },
  {
    says: 'within more than that',
    outcomes: each(3, index => orphan(index, index === 2 ? 1 : 0)),
    job: detached,
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  {
    says: 'the last is told of first',
    outcomes: each(3, index => orphan(2 - index, index === 0 ? 1 : 0)),
    job: detached,
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  {
    says: 'two of them',
    outcomes: each(2, index => orphan(index)),
    job: detached,
    severity: null,
    factors: [BACK, OUTSIDE],
  },
  {
    says: 'to somebody inside',
    outcomes: each(3, index => ({ ...orphan(index), to: [HERE] })),
    job: detached,
    severity: null,
    factors: [BACK, INSIDE],
  },
  ...(
    [
      ['of no terminal', { tty: '' }],
      ['of a terminal that no record tells', { tty: TTY_UNKNOWN }],
      ['started by a program that goes on', { alone: false }],
    ] as const
  ).map(([says, facts]) => ({
    says: `three that write to one outside, ${says}`,
    outcomes: each(3, index => ({ ...orphan(index), ...facts })),
    job: detached,
    severity: null,
    factors: [BACK, OUTSIDE],
  })),
  {
    says: 'a person sends three with a program of their own',
    outcomes: each(3, index => ({ ...orphan(index), smtp: '203.0.113.9:25' })),
    job: terminal,
    severity: null,
    factors: [TTY, OWN, OUTSIDE],
  },
  {
    says: 'a script of the system, left behind by a terminal, sends three',
    outcomes: each(3, index => orphan(index)),
    job: { ...detached, systemOwned: true },
    severity: null,
    factors: [BACK, OUTSIDE, SYSTEM],
  },
]);

test('what the same terminal sends to others, sooner or later, is no part of what is sent again and again', () => {
  const name = 'again and again, beside somebody at a terminal';
  const before = sent({ ...ORPHAN, to: ['friend@example.com'] });
  const inside = each(4, () => ({ ...ORPHAN, to: [HERE], time: HOUR_MS }));
  const again = each(3, index => ({ ...ORPHAN, time: 2 * HOUR_MS + index }));
  assert.deepEqual(shownBy(name, [before, ...inside, ...again], detached), [5, 6, 7]);
});
