import { auditFormat } from './audit/format.ts';
import type { FileFormat } from './contract.ts';
import { eximFormat } from './exim/format.ts';
import { journaldExportFormat } from './journald/export.ts';
import { JSON_FORMATS } from './json-lines/records.ts';
import { maildropFormat } from './maildrop/format.ts';
import { OWN_LOG_FORMATS } from './own-log/logs.ts';
import { procmailFormat } from './procmail/format.ts';
import { syslogFormat } from './syslog/format.ts';
import { zeekTsvFormat } from './zeek/tsv.ts';

/** Formats of whole files, asked in this order; the surest answer counts. */
export const FORMATS: readonly FileFormat[] = [
  auditFormat,
  syslogFormat,
  eximFormat,
  journaldExportFormat,
  zeekTsvFormat,
  procmailFormat,
  maildropFormat,
  ...OWN_LOG_FORMATS,
  ...JSON_FORMATS,
];
