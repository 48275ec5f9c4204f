import { auditFormat } from './audit/format.ts';
import type { FileFormat } from './contract.ts';
import { syslogFormat } from './syslog/format.ts';

/** Formats of whole files, asked in this order; the surest answer counts. */
export const FORMATS: readonly FileFormat[] = [auditFormat, syslogFormat];
