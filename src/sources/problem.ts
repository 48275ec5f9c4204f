/** Something wrong with an input: what, where, what was done about it. */
export interface InputProblem {
  /** Stable code, such as `E_MISSING`, `E_GZIP_TRUNCATED`. */
  readonly code: string;
  readonly source: string;
  /** What is wrong; what was done; how to mend it. */
  readonly message: string;
  /** `unreadable`: something was lost (exit code 4). `notice`: handled, nothing lost. */
  readonly level: 'unreadable' | 'notice';
}
