import { reject, skip } from '../../core/verdict.ts';

/** What can be said of a line of an audit log that is not read. */
export const NO_HEAD = reject('no audit record head (type=… msg=audit(…))');
export const BAD_STAMP = reject('malformed audit stamp');
export const BAD_BODY = reject('malformed audit record body');
export const SAYS_NOTHING = skip('record that says nothing more (PROCTITLE, EOE)');
export const UNUSED_TYPE = skip('record type not used');
export const UNUSED_CALL = skip('syscall or outcome not used');
export const UNUSED_PART = skip('part of an event not used');
export const EMPTY = skip('empty line');
