import { dirName } from '../../core/paths.ts';
import { placeOf, type StorePlace } from '../../decoders/mail-store/layout.ts';
import type { StoreForm } from '../../decoders/mail-store/recognise.ts';
import type { EvidenceFile } from '../../sources/contract.ts';

/** A file of the evidence that holds mail. */
export interface StoreFile {
  readonly file: EvidenceFile;
  /** Index in the run's source table. */
  readonly source: number;
  readonly form: Exclude<StoreForm, 'index'>;
  readonly place: StorePlace;
  /** Of which host it is, '' when nothing tells. */
  readonly host: string;
}

export interface RecognisedStore {
  readonly file: EvidenceFile;
  readonly source: number;
  readonly form: StoreForm;
}

/** Puts files into the stores they are part of. `host` tells of which host a file is. */
export function planStores(found: readonly RecognisedStore[], host: (name: string) => string): StoreFile[] {
  const roots = new Set<string>();
  for (const { file } of found) {
    const [last, folder] = file.name.split('/').reverse();
    if (folder === 'cur' || folder === 'new' || folder === 'tmp') roots.add(dirName(dirName(file.name)));
    else if (last?.startsWith('dovecot-uid') || last?.startsWith('dovecot.index')) roots.add(dirName(file.name));
  }
  const hosts = new Map<string, string>();
  const stores: StoreFile[] = [];
  for (const { file, source, form } of found) {
    if (form === 'index') continue;
    const place = placeOf(file.name, form, name => roots.has(name));
    let of = hosts.get(place.box);
    if (of === undefined) {
      of = host(place.box);
      hosts.set(place.box, of);
    }
    stores.push({ file, source, form, place, host: of });
  }
  return stores;
}

/** One line a store, however many files it has: as a file of its name with the size of all. */
export function storesAsOthers(
  stores: readonly StoreFile[],
): { readonly file: EvidenceFile; readonly format: string }[] {
  const byBox = new Map<string, { file: EvidenceFile; format: string }>();
  for (const { file, form, place } of stores) {
    const known = byBox.get(place.box);
    if (known === undefined)
      byBox.set(place.box, { file: { ...file, name: place.box }, format: `mail store: ${form}` });
    else known.file = { ...known.file, sizeBytes: known.file.sizeBytes + file.sizeBytes };
  }
  return [...byBox.values()];
}
