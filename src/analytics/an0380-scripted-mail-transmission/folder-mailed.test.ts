import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EpochMs } from '../../core/time.ts';
import { folderMailed } from './folder-mailed.ts';
import { DROP, outcome, send, world } from './made-up.test-support.ts';

const WORLD = world();

interface Facts {
  readonly count?: number;
  readonly gap?: number;
  readonly to?: (at: number) => string;
  readonly file?: (at: number) => string;
}
const mailed = ({ count = 12, gap = 300, to = () => DROP, file = at => `${at}.csv` }: Facts, address = DROP): number =>
  folderMailed(
    Array.from({ length: count }, (_, at) =>
      outcome({ send: send({ time: (at * gap) as EpochMs, recipients: [to(at)], attachments: [file(at)] }) }),
    ),
    address,
    10,
    WORLD,
  ).length;

test('many files, one after the other, to one mailbox outside', () => {
  assert.equal(mailed({}), 12);
  assert.equal(mailed({ gap: 5000 }), 12);
  assert.equal(mailed({ count: 10 }), 10);
});

test('typed one by one, few, one file again and again, to many, or to somebody inside it is none', () => {
  assert.equal(mailed({ gap: 5001 }), 0);
  assert.equal(mailed({ count: 9 }), 0);
  assert.equal(mailed({ file: () => 'invitation.pdf' }), 0);
  assert.equal(mailed({ to: at => `guest${at}@example.net` }), 0);
  assert.equal(mailed({ to: () => 'ops@example.org' }, 'ops@example.org'), 0);
});

test('only what carries a file counts, one is enough', () => {
  const sends = (files: (at: number) => readonly string[]) =>
    folderMailed(
      Array.from({ length: 13 }, (_, at) =>
        outcome({ send: send({ time: (at * 300) as EpochMs, recipients: [DROP], attachments: [...files(at)] }) }),
      ),
      DROP,
      10,
      WORLD,
    ).length;
  assert.equal(
    sends(at => (at === 6 ? [] : [`${at}.csv`])),
    12,
  );
  assert.equal(
    sends(at => [`${at}.csv`, `${at}.pdf`]),
    13,
  );
});
