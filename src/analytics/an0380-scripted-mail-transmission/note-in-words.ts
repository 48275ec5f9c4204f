import type { Outcome } from './outcome.ts';
import type { SendJob } from './sends.ts';

/** A few at most: a loop is no note. */
const NOTES_MAX = 3;
/** With its headers. */
const NOTE_MAX_BYTES = 4096;
/** `echo "see you on Friday" | mail …`: words that stand there, and nothing that a shell would put in their place. */
const SAID = /^(?:echo|printf)\s[^|<>$`&;]*\|\s*([\w./-]+)\s[^|<>$`&;]*$/;
/** Encoded data among the words. */
const DATA = /[A-Za-z0-9+/=]{64}/;

/**
 * A command that a person gave over a login of their own, without a terminal, mails a note whose text stands in that very command:
 * who reads it knows all that was sent. Nothing else goes along.
 */
export function isNoteInWords({ context, job, systemOwned }: SendJob, outcomes: readonly Outcome[]): boolean {
  if (context !== 'unattended' || systemOwned || outcomes.length > NOTES_MAX || DATA.test(job)) return false;
  const said = job.split(/[;\n]|&&/).flatMap(part => SAID.exec(part.trim())?.[1] ?? []);
  return outcomes.every(({ send, message }) => {
    if (send.attachments.length + send.encoders.length + send.packedBefore.length > 0 || send.storeOwner !== '')
      return false;
    if (!send.trusted || send.broughtIn !== null || send.smtp.some(each => each.ownSmtp)) return false;
    const name = send.command.split(' ', 1)[0] ?? '';
    return message !== null && message.sizeBytes >= 0 && message.sizeBytes <= NOTE_MAX_BYTES && said.includes(name);
  });
}
