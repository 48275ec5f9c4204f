import type { ProcessState } from './processes.ts';

const IS_URL = /^(?:https?|ftp):\/\//i;
/** Options of curl(1) and wget(1) that say how to fetch and how much to tell, none of which changes who is asked. */
const PLAIN =
  /^(?:-[fsSLgqv46#]+|-nv|-q?O-|--(?:fail|silent|show-error|location|quiet|no-verbose|progress-bar|tlsv1\.[23]))$/;
/** Followed by a file. */
const FILE = /^-[fsSLq]*[oO]$/;

/** The URL that its words name, '' where there is none. */
export const urlNamed = ({ argv }: ProcessState): string => argv.find(word => word.includes('://')) ?? '';

/**
 * The same where the words leave no doubt who is asked: one URL, and no option that names a proxy, another address, or anything else.
 */
export function plainUrl({ argv }: ProcessState): string {
  let url = '';
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    if (IS_URL.test(word) && url === '') url = word;
    else if (FILE.test(word) && !(argv[i + 1] ?? '').includes('://')) i++;
    else if (!PLAIN.test(word)) return '';
  }
  return url;
}
