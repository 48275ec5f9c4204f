import type { FileFormat } from '../contract.ts';
import { dovecotFormat } from '../dovecot/format.ts';

/** Programs that write a log file of their own. */
export const OWN_LOG_FORMATS: readonly FileFormat[] = [dovecotFormat];
