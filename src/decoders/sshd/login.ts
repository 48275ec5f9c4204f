import { skip } from '../../core/verdict.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * Logins at the console and on the desktop: their PAM lines.
 *
 *   line := pam
 *
 * Source: Linux-PAM, see syslog/host-event.ts. Emits: session.started. Trust: the user is a real account.
 * Skips: everything else these programs say.
 */
export const loginDecoder: ProgramDecoder = Object.freeze({
  id: 'login',
  programs: [
    'login',
    'gdm-password]',
    'gdm-password',
    'gdm-autologin',
    'lightdm',
    'sddm',
    'sddm-helper',
    'xrdp-sesman',
    'vsftpd',
  ],
  decode(text, meta, emit) {
    return decodePam(text, meta, emit) ?? OTHER;
  },
} satisfies ProgramDecoder);

const OTHER = skip('login program message that opens no session');
