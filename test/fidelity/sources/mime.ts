import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { mimeFidelity } from '../mime.ts';

/** Messages: which attachments they have, with a second MIME reader. */
export const mimeSources: readonly FidelitySource[] = ['enmime', 'spamassassin'].map(source => ({
  id: source,
  title: `MIME messages of ${source}`,
  origin: 'others',
  against: 'a second reader (postal-mime): name, type, size and hash of every attachment',
  skip: samplesAt(source).skip,
  async measure() {
    const found = (await mimeFidelity()).find(each => each.source === source);
    const comparison = new Comparison();
    if (found === undefined) return comparison.done();
    comparison.exact(found.exact);
    for (const text of found.unexplained) comparison.unexplained(text);
    let left = found.records - found.exact - found.notUnderstood;
    for (const [reason, count] of found.differences) {
      const each = Math.min(left, count);
      if (each > 0) comparison.differs(WHY[reason], each);
      left -= each;
    }
    return comparison.done();
  },
}));

const WHY = {
  'line end': 'postal-mime counts the line end before a boundary into the part (RFC 2046, 5.1.1 does not)',
  'named text': 'a text part with a name is a file here, and part of the text to postal-mime',
  'line blanks': 'postal-mime keeps blanks at ends of quoted-printable lines (RFC 2045, 6.7 drops them)',
} as const;
