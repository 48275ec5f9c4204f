/** What is wrong with the configuration, and where. */
export interface ConfigProblem {
  readonly code:
    | 'E_CONFIG_MISSING'
    | 'E_CONFIG_UNREADABLE'
    | 'E_CONFIG_TOO_LARGE'
    | 'E_CONFIG_SYNTAX'
    | 'E_CONFIG_UNKNOWN_KEY'
    | 'E_CONFIG_TYPE'
    | 'E_CONFIG_VALUE'
    | 'E_CONFIG_INVENTORY';
  /** Path as given, or `$NAME` for an environment variable. */
  readonly file: string;
  /** From 1; 0 when the problem has no place in a file. */
  readonly line: number;
  readonly column: number;
  /** What is wrong; what was expected; how to mend it. */
  readonly message: string;
}

export function problemLine(problem: ConfigProblem): string {
  const place = problem.line === 0 ? problem.file : `${problem.file}:${problem.line}:${problem.column}`;
  return `${place}: ${problem.message} [${problem.code}]`;
}

/** Usage and configuration are one exit code, content such as the inventory another. */
export const isContentProblem = (problem: ConfigProblem): boolean => problem.code === 'E_CONFIG_INVENTORY';
