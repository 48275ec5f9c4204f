import type { Outcome } from './outcome.ts';
import type { SendJob } from './send.ts';

/** What a person says in a line or a page; the largest notice among the recorded look-alikes is no larger either. */
const LETTER_BYTES = 4096;

/** Nothing but a few such letters, each as short as the MTA counted it. */
export const areLetters = ({ context }: SendJob, outcomes: readonly Outcome[], few: number): boolean =>
  context === 'unattended' && outcomes.length <= few && outcomes.every(isShortLetter);

const isShortLetter = ({ send, message }: Outcome): boolean => {
  const bytes = message?.sizeBytes ?? -1;
  return (
    send.isLetter && send.attachments.length + send.packedBefore.length === 0 && bytes >= 0 && bytes <= LETTER_BYTES
  );
};
