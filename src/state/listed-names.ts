import { fileNamed, type HostEvent } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { storeNamed } from './named-stores.ts';
import { pipelineOf } from './pipelines.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { calledAs } from './programs.ts';
import { onStoreRead } from './store-reads.ts';
import { argumentPaths, packs, type Words } from './tool-words.ts';

/**
 * No reads are recorded: `find Maildir -newer x | tar -T - -cf -`. What takes the names of the files that it is to read from its input
 * reads those that a stage before it lists, where the words of that one name a mail store.
 */
export function readByList(host: HostState, process: ProcessState, event: HostEvent): void {
  if (host.has('store:read')) return;
  if (takesNames(process)) for (const stage of pipelineOf(process)) readListed(host, process, stage, event);
  else if (listsNames(process))
    for (const stage of pipelineOf(process))
      if (takesNames(stage))
        readListed(host, stage, process, { ...event, time: stage.execTime, ref: stage.execRef ?? event.ref });
}

function readListed(host: HostState, reader: ProcessState, lister: ProcessState, event: HostEvent): void {
  if (!lister.execSeen || !reader.execSeen || lister.pid > reader.pid || !listsNames(lister)) return;
  for (const path of argumentPaths(lister)) {
    const store = storeNamed(host, path);
    if (store === null || !tellOnce(reader, `named ${store.place.box}`)) continue;
    onStoreRead(host, reader, event, fileNamed(path), store.place, 'inferred', 'listed');
  }
}

const LISTERS = new Set(['find', 'gfind', 'bfs', 'fd', 'fdfind', 'ls', 'dir', 'vdir', 'tree', 'realpath', 'readlink']);
/** find(1): what it finds it removes, or gives to a program of its own. */
const ACTS = /^-(?:delete|exec|execdir|ok|okdir)$/;
const PRINTS = /^-f?print/;

/** It prints names, of what its words name or what lies there. */
export function listsNames({ exe, argv: all }: Pick<Words, 'exe' | 'argv'>): boolean {
  const { name, argv } = calledAs(exe, all);
  return LISTERS.has(name) && (!argv.some(word => ACTS.test(word)) || argv.some(word => PRINTS.test(word)));
}

const INPUT = /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/;
/** tar(1), rsync(1), sort(1), restic(1), borg(1), rclone(1) and their like, whatever more the name says. */
const NAMES_OPTION = /^--(?:[a-z]+-)?(?:files?0?|paths?|list)-from(?:-[a-z0]+)?$/;
const FROM_INPUT = /^--paths-from-stdin$/;

/** Its words tell it to take the names of the files that it reads from standard input. */
export function takesNames(process: Words): boolean {
  const { name, argv } = calledAs(process.exe, process.argv);
  const isTar = name.endsWith('tar');
  for (const [i, word] of argv.entries()) {
    if (i === 0) continue;
    const next = argv[i + 1] ?? '';
    const eq = word.indexOf('=');
    const [option, value] = eq > 0 ? [word.slice(0, eq), word.slice(eq + 1)] : [word, next];
    if (FROM_INPUT.test(word) || (NAMES_OPTION.test(option) && INPUT.test(value))) return true;
    if (
      isTar &&
      (word === '-T-' || ((/^-[a-zA-Z]*T$/.test(word) || (i === 1 && /^[a-zA-Z]*T$/.test(word))) && INPUT.test(next)))
    )
      return true;
    if (name === 'zip' && /^-[a-zA-Z0-9]*@$/.test(word)) return true;
  }
  // cpio(1), afio(1): always when they make an archive; pax(1): where no file is named.
  if (name.endsWith('cpio')) return packs(process);
  if (name === 'afio') return argv.some(word => /^-[a-zA-Z]*o/.test(word));
  return (
    name === 'pax' &&
    packs(process) &&
    argv.slice(1).every((word, i, rest) => word.startsWith('-') || /^-[a-z]*[fx]$/.test(rest[i - 1] ?? ''))
  );
}
