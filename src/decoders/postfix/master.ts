import { EMIT } from '../../core/verdict.ts';
import { emitNotice, NO_FATE, postfixDecoder } from './said.ts';

/**
 * Postfix master and its start script: the mail system comes and goes.
 *
 *   line := "daemon started -- version " v ", configuration " dir | "reload -- version " ... | "terminating on signal " n
 *         | "starting the Postfix mail system" | "stopping the Postfix mail system" ...
 *
 * Source: Postfix master/master.c, conf/postfix-script. Emits: mail.notice started / stopped. Trust: all of it is ours.
 */
export const masterDecoder = postfixDecoder({
  id: 'postfix.master',
  daemons: ['master', 'postfix-script'],
  decode(said) {
    const { text } = said;
    if (text.startsWith('daemon started')) emitNotice(said, 'started', '', 1, text);
    else if (text.startsWith('terminating on signal')) emitNotice(said, 'stopped', '', 1, text);
    else return NO_FATE;
    return EMIT;
  },
});
