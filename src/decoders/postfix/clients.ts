import type { Verdict } from '../../core/verdict.ts';
import { EMIT } from '../../core/verdict.ts';
import type { MailDisconnected } from '../../events/mail-events.ts';
import { MAIL_PHASE } from '../syslog-contract.ts';
import { type Client, clientAt } from './parts.ts';
import { base, MALFORMED, type Said } from './said.ts';

/** A client came; it is named at `at`. */
export function decodeConnect(said: Said, at: number): Verdict {
  const client = clientAt(said.text, at);
  if (client === null) return MALFORMED;
  said.emit({
    kind: 'mail.connected',
    ...base(said, MAIL_PHASE.connected),
    clientName: client.name,
    clientAddress: client.address,
  });
  return EMIT;
}

type Counts = Pick<MailDisconnected, 'recipients' | 'recipientsRejected' | 'dataCommands'>;

/** The line counts nothing. */
export const UNCOUNTED: Counts = { recipients: -1, recipientsRejected: -1, dataCommands: -1 };

/** A client left; `lost` where it did not say so. */
export function emitDisconnected(said: Said, client: Client, counts: Counts, lost: boolean): void {
  said.emit({
    kind: 'mail.disconnected',
    ...base(said, MAIL_PHASE.disconnected),
    clientName: client.name,
    clientAddress: client.address,
    recipients: counts.recipients,
    recipientsRejected: counts.recipientsRejected,
    dataCommands: counts.dataCommands,
    lost,
  });
}
