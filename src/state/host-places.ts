import { baseName, dirName } from '../core/paths.ts';
import type { HostHomes } from './host-homes.ts';
import { MARKS_AS_IT_IS, marksOf } from './path-marks.ts';
import { classifyPlace, isMessagePath, NOT_STORES, NOWHERE, type Place, type PlaceRules } from './places.ts';

const PLACES_MAX = 32_768;
const FOLDERS_MAX = 4096;
const LEARNED_MAX = 1024;

/** What kinds of places the paths of one host are: as places.ts says, by its people's homes, and by where mail was seen to be written. */
export class HostPlaces {
  /** Directories and files outside the well-known places into which delivery agents were seen to write mail. */
  #learned = new Set<string>();
  readonly #rules: PlaceRules;
  readonly #homes: HostHomes;
  #places = new Map<string, Place>();
  /** Places of the messages in a Maildir folder, by the folder. */
  #folders = new Map<string, Place>();
  #placedPath: string | null = null;
  #placed: Place = NOWHERE;
  /** The same of the path asked for before: a file that is moved has two. */
  #placedBefore: string | null = null;
  #before: Place = NOWHERE;
  /** Equal places are one object: there are few places and many paths. By flags, then by name. */
  #shared = new Map<number, Map<string, Place>>();

  constructor(rules: PlaceRules, homes: HostHomes) {
    this.#rules = rules;
    this.#homes = homes;
  }

  /** What kind of place the path is. An event asks several times for the same path, or for two in turn: the last answers are kept at hand. */
  of(path: string): Place {
    if (path === this.#placedPath) return this.#placed;
    if (path === this.#placedBefore) return this.#before;
    const place = isMessagePath(path) ? this.#placeOfMessage(path) : this.#placeOf(path);
    this.#placedBefore = this.#placedPath;
    this.#before = this.#placed;
    this.#placedPath = path;
    this.#placed = place;
    return place;
  }

  /** Messages of one Maildir folder are all in one place, and their names come but once. */
  #placeOfMessage(path: string): Place {
    const folder = dirName(path);
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const place = this.#placeOf(path);
    if (this.#folders.size >= FOLDERS_MAX) this.#folders.clear();
    this.#folders.set(folder, place);
    return place;
  }

  #placeOf(path: string): Place {
    const known = this.#places.get(path);
    if (known !== undefined) return known;
    // Below an unknown directory, `home` and `var` are almost surely those of the root.
    const rooted =
      path.startsWith('?/home/') || path.startsWith('?/var/') || path.startsWith('?/root/') ? path.slice(1) : path;
    const usual = this.#homes.usual(rooted);
    const classified =
      usual === rooted ? classifyPlace(rooted, this.#rules, marksOf(path)) : this.#inHome(rooted, usual);
    if (
      classified.box === '' &&
      this.#learned.size > 0 &&
      (this.#learned.has(dirName(rooted)) || this.#learned.has(rooted))
    ) {
      return this.#keep(path, {
        ...classified,
        box: rooted,
        kind: 'mbox',
        owner: this.#homes.owner(rooted) || baseName(rooted),
      });
    }
    const home = classified.box === '' ? '' : this.#homes.owner(rooted);
    const place = home === '' || home === classified.owner ? classified : { ...classified, owner: home };
    return this.#keep(path, place);
  }

  /** A home that lies elsewhere is a home like any other; what the configuration names, it names as it is. */
  #inHome(path: string, usual: string): Place {
    const rules = this.#rules;
    const place = classifyPlace(usual, rules, marksOf(usual));
    const named = classifyPlace(path, rules, 0);
    const store = place.box === '' ? named : { ...place, box: this.#homes.actual(place.box, path) };
    const attachmentPlace = place.attachmentPlace || named.attachmentPlace;
    const marks = (place.marks & ~MARKS_AS_IT_IS) | (marksOf(path) & MARKS_AS_IT_IS);
    return { ...place, box: store.box, kind: store.kind, attachmentPlace, marks };
  }

  #keep(path: string, place: Place): Place {
    if (this.#places.size >= PLACES_MAX) {
      this.#places.clear();
      this.#shared.clear();
    }
    const { kind, box, owner } = place;
    const flags =
      (place.profile ? 1 : 0) |
      (place.attachmentPlace ? 2 : 0) |
      (place.clientTemporary ? 4 : 0) |
      (place.startsLater ? 8 : 0) |
      (place.marks << 4);
    let alike = this.#shared.get(flags);
    if (alike === undefined) {
      alike = new Map();
      this.#shared.set(flags, alike);
    }
    // Most places are no store: their owner alone is the key, and no text is made for it.
    const key = box === '' ? owner : `${kind} ${box} ${owner}`;
    let shared = alike.get(key);
    if (shared === undefined) {
      shared = place;
      alike.set(key, place);
    }
    this.#places.set(path, shared);
    return shared;
  }

  /** Homes or stores were learned: what was said of paths may be said no longer. */
  forget(): void {
    this.#places.clear();
    this.#folders.clear();
    this.#placedPath = null;
    this.#placedBefore = null;
  }

  /** A delivery agent writes here: this is where mail lies on this host. Its own bookkeeping and temporary files do not count. */
  learnStore(path: string): void {
    if (
      !path.startsWith('/') ||
      this.#learned.size >= LEARNED_MAX ||
      NOT_STORES.some(prefix => path.startsWith(prefix)) ||
      /\.(?:lock|log|tmp|pid)$/.test(path)
    )
      return;
    const directory = dirName(path);
    const home = this.#homes.split(`${directory}/`);
    // A box right in a home is learned by itself: the home is no store.
    const what = home !== null && home.rest === '' ? path : directory;
    if (this.#learned.has(what)) return;
    this.#learned.add(what);
    this.forget();
  }

  snapshot(): Set<string> {
    return this.#learned;
  }

  restore(learned: Set<string>): void {
    this.#learned = learned;
    this.forget();
  }
}
