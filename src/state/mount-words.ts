/** Where file systems are hung into the tree for a while (hier(7)): /media, and where udisks(8) has its own, and /mnt. */
export const FOR_A_WHILE = /^\/(?:run\/)?media\/|^\/mnt\//;

/** mount(8), umount(8): options that take a value. */
const VALUED = /^-[a-zA-Z]*[tOoLUpN]$/;
const LONG_VALUED = new Set(['--types', '--options', '--test-opts', '--label', '--uuid', '--source', '--target']);
/** A part of the tree that is shown again, or what lies in memory: no other disk. */
const NO_DISK_OPTION = /^(?:-[a-zA-Z]*[BRM]|--bind|--rbind|--move|--make-.*)$/;
const NO_DISK_TYPE = new Set(
  'tmpfs ramfs proc sysfs devpts devtmpfs cgroup cgroup2 overlay mqueue hugetlbfs securityfs debugfs'.split(' '),
);
const OPTIONS_OF_TREE = /(?:^|,)(?:r?bind|remount|move)(?:,|$)/;

/** What the words of mount(8) or umount(8) name. */
export function mountWords(words: readonly string[]): {
  readonly operands: readonly string[];
  readonly hasDevice: boolean;
  readonly isNoDisk: boolean;
} {
  const operands: string[] = [];
  let hasDevice = false;
  let isNoDisk = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const [flag, , rest] = /^(--[a-z-]+)(=(.*))?$/s.exec(word)?.slice(1) ?? [word];
    const isLong = LONG_VALUED.has(flag ?? '');
    isNoDisk ||= NO_DISK_OPTION.test(word);
    if (!isLong && !VALUED.test(word)) {
      if (!word.startsWith('-')) operands.push(word);
      continue;
    }
    const value = rest ?? words[++i] ?? '';
    if (flag === '--target') operands.push(value);
    else if (flag === '--source' || /^-[LU]$|^--(?:label|uuid)$/.test(flag ?? '')) hasDevice = true;
    isNoDisk ||=
      OPTIONS_OF_TREE.test(value) || (/^(?:-[a-zA-Z]*t|--types)$/.test(flag ?? '') && NO_DISK_TYPE.has(value));
  }
  return { operands, hasDevice, isNoDisk };
}
