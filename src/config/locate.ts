import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder of the system's configuration; `/etc/watchpost` outside tests. */
  readonly systemFolder?: string;
}

export interface Located {
  /** In the order in which they apply: later ones win. */
  readonly files: readonly string[];
  /** Why these. */
  readonly why: string;
  /** All places looked at, in order of precedence. */
  readonly searched: readonly string[];
}

/**
 * The configuration that counts: `--config`, else `$WATCHPOST_CONFIG`, else `./watchpost.yaml`, else the user's, else the
 * system's with its `conf.d/*.yaml` in order of their names. The first that is there counts alone.
 */
export function locateConfig(explicit: string | undefined, surroundings: Surroundings): Located {
  const { env, cwd } = surroundings;
  const home = env.XDG_CONFIG_HOME || (env.HOME ? join(env.HOME, '.config') : '');
  const system = surroundings.systemFolder ?? '/etc/watchpost';
  const local = join(cwd, 'watchpost.yaml');
  const user = home === '' ? '' : join(home, 'watchpost', 'config.yaml');
  const base = join(system, 'config.yaml');
  const searched = [
    '--config',
    '$WATCHPOST_CONFIG',
    './watchpost.yaml',
    user,
    base,
    join(system, 'conf.d/*.yaml'),
  ].filter(each => each !== '');
  if (explicit !== undefined) return { files: [explicit], why: '--config', searched };
  if (env.WATCHPOST_CONFIG) return { files: [env.WATCHPOST_CONFIG], why: '$WATCHPOST_CONFIG', searched };
  if (existsSync(local)) return { files: ['watchpost.yaml'], why: 'current folder', searched };
  if (user !== '' && existsSync(user)) return { files: [user], why: 'user', searched };
  const files = [base, ...dropIns(join(system, 'conf.d'))].filter(file => existsSync(file));
  return { files, why: files.length === 0 ? 'defaults only' : 'system', searched };
}

function dropIns(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .sort()
      .map(name => join(folder, name));
  } catch {
    return [];
  }
}
