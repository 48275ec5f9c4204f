const PREFIX = 'WATCHPOST_';

/** Names of the variables that set a value: `WATCHPOST_SECTION__KEY`, in sorted order. */
export function variables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter(name => name.startsWith(PREFIX) && name.slice(PREFIX.length).includes('__'))
    .sort();
}

export const hasVariables = (env: Readonly<Record<string, string | undefined>>): boolean => variables(env).length > 0;

/** `WATCHPOST_LIMITS__LATENESS_MS` as `LIMITS`, `LATENESS_MS`. */
export const variablePath = (name: string): string[] => name.slice(PREFIX.length).split('__');
