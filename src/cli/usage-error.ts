import { EXIT } from './exit-codes.ts';

/** Ends a command with a message for the user and an exit code. `message`: what is wrong; what was expected; how to mend it. */
export class UsageError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}
