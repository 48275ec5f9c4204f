import { clamavFormat } from '../clamav/format.ts';
import type { FileFormat } from '../contract.ts';
import { dovecotFormat } from '../dovecot/format.ts';
import { rspamdFormat } from '../rspamd/format.ts';
import { spamdFormat } from '../spamassassin/format.ts';

/** Programs that write a log file of their own. */
export const OWN_LOG_FORMATS: readonly FileFormat[] = [dovecotFormat, rspamdFormat, clamavFormat, spamdFormat];
