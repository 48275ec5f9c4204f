/**
 * What a package manager is asked to do with a package file that it is given: install it, whose scripts then run, or only look.
 * Source: dpkg(1), dpkg-deb(1), rpm(8), apt-get(8), apt(8), dnf(8), zypper(8), pacman(8), apk(8), snap(8), flatpak(1).
 */

/** Actions as options that only look, unpack or build. */
const LOOKS: Readonly<Record<string, RegExp>> = {
  dpkg: /^(?:-[bcexXfIlLsSpVC]|--(?:build|contents|control|extract|vextract|field|info|show|list|listfiles|status|search|print-avail|verify|audit|compare-versions|(?:ctrl|fsys)-tarfile))$/,
  rpm: /^(?:-[a-zA-Z]*[qVK][a-zA-Z]*|--(?:query|verify|checksig|eval|initdb))$/,
  apt: /^(?:-[sd]|--(?:simulate|just-print|dry-run|recon|no-act|download-only|print-uris))$/,
  pacman: /^(?:-[QTF][a-z]*|--(?:query|deptest|files))$/,
};
/** Actions as first words that only look. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  apt: new Set(['show', 'info', 'list', 'search', 'policy', 'depends', 'rdepends', 'changelog', 'download', 'source']),
  dnf: new Set(['info', 'list', 'search', 'repoquery', 'provides', 'deplist', 'download', 'check']),
  apk: new Set(['info', 'verify', 'fetch', 'manifest', 'search']),
  snap: new Set(['info', 'ack', 'download', 'known']),
  flatpak: new Set(['info', 'remote-info', 'search']),
};
const SAME: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  aptitude: 'apt',
  yum: 'dnf',
  zypper: 'dnf',
};

/** `name` is the program's; `argv` as it was started. True where it may install. dpkg-deb never runs a maintainer script. */
export function mayInstall(name: string, argv: readonly string[]): boolean {
  if (name === 'dpkg-deb') return false;
  const kind = SAME[name] ?? name;
  const words = argv.slice(1);
  const options = LOOKS[kind];
  if (options !== undefined && words.some(word => options.test(word))) return false;
  const verb = words.find(word => !word.startsWith('-'));
  return verb === undefined || WORDS[kind]?.has(verb) !== true;
}

/** These write the system's own database of packages, and end at once where they may not: dpkg(1), apt-get(8), rpm(8), dnf(8), pacman(8), apk(8). */
const OF_SYSTEM = new Set(['dpkg', 'apt', 'apt-get', 'aptitude', 'rpm', 'dnf', 'yum', 'zypper', 'pacman', 'apk']);
/** Another database or folder than the system's, or the check left out. */
const ELSEWHERE =
  /^(?:-r|-p|--(?:root|instdir|admindir|installroot|dbpath|prefix|relocate|force-(?:not-root|all)))(?:=|$)/;

/** Only root installs into the system: for anybody else such a program says so and runs nothing of the package. */
export const mayNotInstall = (name: string, argv: readonly string[], euid: number): boolean =>
  euid > 0 && OF_SYSTEM.has(name) && !argv.some((word, i) => i > 0 && ELSEWHERE.test(word));
