import { byWords } from '../core/by-words.ts';

const COMMAND = /^-[a-z]*c$/;

/** Where a shell is told that a command line follows (sh(1): `-c`, and in clusters as `-ec`, `-lc`); -1 where it is not. */
export const commandOption = (argv: readonly string[]): number => commandAt(argv, 0, 0);

const commandAt = byWords((argv, _first: number, _second: number): number =>
  argv.findIndex((word, i) => i > 0 && COMMAND.test(word)),
);

/** A line of a shell starts something in the background. */
export const leavesBehind = (line: string): boolean => /(?<![&>])&(?![&>])/.test(line);
