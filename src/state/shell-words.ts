import { byWords } from '../core/by-words.ts';

const COMMAND = /^-[a-z]*c$/;

/** Where a shell is told that a command line follows (sh(1): `-c`, and in clusters as `-ec`, `-lc`); -1 where it is not. */
export const commandOption = byWords((argv): number => argv.findIndex((word, i) => i > 0 && COMMAND.test(word)));

/** A line of a shell starts something in the background. */
export const leavesBehind = (line: string): boolean => /(?<![&>])&(?![&>])/.test(line);
