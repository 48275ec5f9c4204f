/** The parts of package-lock.json that matter here. */
export interface LockFile {
  readonly packages: Record<string, LockEntry>;
}

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly optionalDependencies?: Record<string, string>;
}

export interface MissingEntry {
  readonly path: string;
  readonly entry: LockEntry;
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'win32', 'aix', 'netbsd', 'openbsd', 'sunos', 'openharmony'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x'];

/**
 * Packages for other systems that a locked package may want and the lock file does not list. npm leaves them out when the
 * registry at hand does not have them, and `npm ci` then calls the lock file out of step.
 */
export function missingEntries(lock: LockFile): MissingEntry[] {
  const missing = new Map<string, LockEntry>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue;
      missing.set(`node_modules/${name}`, {
        version,
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      });
    }
  }
  return [...missing].map(([path, entry]) => ({ path, entry })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The lock file with those entries, in npm's own order. */
export function completed<T extends LockFile>(lock: T): T {
  const packages: Record<string, LockEntry> = { ...lock.packages };
  for (const { path, entry } of missingEntries(lock)) packages[path] = entry;
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function platformOf(name: string): { cpu?: string[]; os?: string[] } {
  const words = name.split(/[/-]/);
  const os = words.find(word => SYSTEMS.includes(word));
  const cpu = words.find(word => PROCESSORS.includes(word));
  return { ...(cpu ? { cpu: [cpu] } : {}), ...(os ? { os: [os] } : {}) };
}
