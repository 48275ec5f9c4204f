import { amavisDecoder } from '../amavis/amavis.ts';
import { atDecoder } from '../at/at.ts';
import { clamavDecoder } from '../clamav/clamav.ts';
import { cronDecoder } from '../cron/cron.ts';
import { dovecotDecoder } from '../dovecot/dovecot.ts';
import { eximDecoder } from '../exim/exim.ts';
import { lostRecordsDecoder } from '../lost-records/lost-records.ts';
import { opendkimDecoder } from '../opendkim/opendkim.ts';
import { opendmarcDecoder } from '../opendmarc/opendmarc.ts';
import { opensmtpdDecoder } from '../opensmtpd/opensmtpd.ts';
import { policydSpfDecoder } from '../policyd-spf/policyd-spf.ts';
import { anvilDecoder } from '../postfix/anvil.ts';
import { bounceDecoder } from '../postfix/bounce.ts';
import { cleanupDecoder } from '../postfix/cleanup.ts';
import { deliveryDecoder } from '../postfix/delivery.ts';
import { masterDecoder } from '../postfix/master.ts';
import { pickupDecoder } from '../postfix/pickup.ts';
import { postscreenDecoder } from '../postfix/postscreen.ts';
import { postsuperDecoder } from '../postfix/postsuper.ts';
import { queueDecoder } from '../postfix/queue.ts';
import { quietDecoder } from '../postfix/quiet.ts';
import { smtpdDecoder } from '../postfix/smtpd.ts';
import { unnamedDecoder } from '../postfix/unnamed.ts';
import { procmailDecoder } from '../procmail/procmail.ts';
import { rspamdDecoder } from '../rspamd/rspamd.ts';
import { sendmailDecoder } from '../sendmail/sendmail.ts';
import { spamdDecoder } from '../spamassassin/spamd.ts';
import { loginDecoder } from '../sshd/login.ts';
import { sshdDecoder } from '../sshd/sshd.ts';
import { suDecoder } from '../su/su.ts';
import { sudoDecoder } from '../sudo/sudo.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';
import { sysmonDecoder } from '../sysmon/sysmon.ts';
import { logindDecoder, systemdDecoder } from '../systemd/systemd.ts';

/** Every program whose syslog messages are read. Exact names win over `accepts`; among equals the first in this list. */
export const PROGRAMS: readonly ProgramDecoder[] = [
  smtpdDecoder,
  postscreenDecoder,
  cleanupDecoder,
  pickupDecoder,
  queueDecoder,
  deliveryDecoder,
  bounceDecoder,
  postsuperDecoder,
  anvilDecoder,
  masterDecoder,
  quietDecoder,
  unnamedDecoder,
  dovecotDecoder,
  eximDecoder,
  sendmailDecoder,
  opensmtpdDecoder,
  procmailDecoder,
  amavisDecoder,
  rspamdDecoder,
  clamavDecoder,
  spamdDecoder,
  opendkimDecoder,
  opendmarcDecoder,
  policydSpfDecoder,
  cronDecoder,
  atDecoder,
  sshdDecoder,
  loginDecoder,
  sudoDecoder,
  suDecoder,
  sysmonDecoder,
  systemdDecoder,
  logindDecoder,
  lostRecordsDecoder,
];
