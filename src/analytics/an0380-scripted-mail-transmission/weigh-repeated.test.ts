import { HOUR_MS } from '../../core/time.ts';
import {
  ALIKE,
  BACK,
  CROWD,
  each,
  FILES,
  HERE,
  INSIDE,
  MANY,
  ODD,
  OUTSIDE,
  sent,
  tellsOf,
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
