/** The same for every command. */
export const EXIT = {
  done: 0,
  found: 1,
  content: 2,
  usage: 3,
  unreadable: 4,
  store: 5,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    something at or above --fail-on was found (wins over 4)
  2    bad content: rules, inventory
  3    usage or configuration
  4    input wholly or partly unreadable (--skip-errors: 0)
  5    output or store could not be written
  130  interrupted (SIGINT); 143 terminated (SIGTERM)`;
