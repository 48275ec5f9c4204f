import type { Room } from '../rooms.ts';
import { importsOf } from './imports.ts';

/** One import that the table of rooms does not allow. */
export interface Breach {
  /** Path from the repository's root, such as `src/state/host.ts`. */
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly why: string;
}

/**
 * Judges the imports of one file. `file` is its path from the repository's root and lies under `src/`. Test files are
 * outside the house: they may reach anywhere.
 */
export function breachesOf(file: string, text: string, rooms: readonly Room[]): Breach[] {
  const roomName = file.split('/')[1] as string;
  const room = rooms.find(each => each.name === roomName);
  if (!room) return [{ file, line: 1, specifier: '', why: `no room called ${roomName} in scripts/rooms.ts` }];
  const breaches: Breach[] = [];
  for (const use of importsOf(text)) {
    const why = whyNot(file, room, use.specifier, use.typeOnly, rooms);
    if (why) breaches.push({ file, line: use.line, specifier: use.specifier, why });
  }
  return breaches;
}

function whyNot(file: string, room: Room, specifier: string, typeOnly: boolean, rooms: readonly Room[]): string | null {
  if (specifier === '<computed>') return 'the name of the module is computed';
  if (specifier.startsWith('node:')) {
    const builtin = specifier.slice('node:'.length);
    return typeOnly || room.builtins.includes(builtin) ? null : `${room.name} may not use ${specifier}`;
  }
  if (!specifier.startsWith('.')) {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    return room.packages.includes(name) ? null : `${room.name} may not use the package ${name}`;
  }
  const target = resolvePath(file, specifier);
  const [top, targetRoom] = target.split('/');
  if (target === 'package.json') return room.name === 'cli' ? null : 'only cli may read package.json';
  if (top !== 'src' || !targetRoom) return `${target} lies outside src/`;
  if (targetRoom === room.name) return null;
  if (!rooms.some(each => each.name === targetRoom)) return `no room called ${targetRoom} in scripts/rooms.ts`;
  if (room.imports.includes(targetRoom)) return null;
  if (!room.types.includes(targetRoom)) return `${room.name} may not import ${targetRoom}`;
  return typeOnly ? null : `${room.name} may import only types from ${targetRoom}`;
}

function resolvePath(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
