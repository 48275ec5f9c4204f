import { baseName } from '../../core/paths.ts';

/** sendmail(1) under other names: the list of what waits, the tables of aliases. */
const OTHER_NAMES = new Set(['mailq', 'newaliases', 'hoststat', 'purgestat']);
/** And in other modes: list, make tables, be a server, empty the queue, check an address. */
const OTHER_MODES = /^-(?:b[adDhHipPv]|I|q.*)$/;
/** What makes a message of it all the same. */
const SENDS = /^-(?:bm|bs|t)$|@/;

/** A submission program that only looks at the queue, or tends it: no message comes from it. */
export function asksQueue({ argv }: { readonly argv: readonly string[] }): boolean {
  const name = baseName(argv[0] ?? '');
  const words = argv.slice(1);
  if (words.some(word => SENDS.test(word))) return false;
  return OTHER_NAMES.has(name) || (SUBMITS.test(name) && words.some(word => OTHER_MODES.test(word)));
}

const SUBMITS = /^(?:sendmail|exim4?)(?:\.\w+)?$/;
