import { NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix daemons and commands that say nothing of a message's fate: their warnings and fatal errors are read, the rest is skipped.
 *
 *   line := problem | anything
 *
 * Source: Postfix manual pages of each. Emits: mail.notice warning / fatal.
 * Trust: a warning may quote what a client, a table or a name server said.
 */
export const quietDecoder = postfixDecoder({
  id: 'postfix.quiet',
  daemons: [
    'trivial-rewrite',
    'proxymap',
    'proxywrite',
    'scache',
    'tlsmgr',
    'tlsproxy',
    'dnsblog',
    'verify',
    'flush',
    'showq',
    'spawn',
    'qmqpd',
    'postlogd',
    'sendmail',
    'postdrop',
    'postqueue',
    'postcat',
    'postmap',
    'postalias',
    'postkick',
    'postlog',
    'postlock',
    'postmulti',
    'postconf',
    'postfix',
  ],
  decode: () => NO_FATE,
});
