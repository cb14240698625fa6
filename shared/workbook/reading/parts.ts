import { sendTheOriginal } from './advice.ts';
import { type Archive, type Entry, entryKey } from './archive.ts';
import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import { readText } from './inflating.ts';
import { relationshipNamespaces } from './namespaces.ts';
import { type XmlDocument, XmlScanner } from './xml.ts';

export interface Relationship {
  readonly id: string;
  /** The last segment of the type's address, which the transitional and the strict form have in common. */
  readonly type: string;
  /** The part it leads to, resolved; undefined if that is outside of the file. */
  readonly target: string | undefined;
}

/** What is longer is compared with all others at no small cost; programs write some forty characters at most. */
const longestId = 255;

/** The parts of a package: found by name whatever its case, read as XML. */
export class Parts {
  readonly #archive: Archive;
  readonly #reading: Reading;

  constructor(archive: Archive, reading: Reading) {
    this.#archive = archive;
    this.#reading = reading;
  }

  find(name: string): Entry | undefined {
    return this.#archive.entries.get(entryKey(name));
  }

  async read(name: string, document: XmlDocument): Promise<void> {
    const entry = this.find(name);
    if (!entry) {
      throw fault('file-part-missing', `文件内部缺少必要的部件，文件不完整；${sendTheOriginal}`, {
        found: name,
      });
    }
    const scanner = new XmlScanner(document, this.#reading);
    await readText(this.#archive, entry, this.#reading, (text, ascii) => scanner.push(text, ascii));
    scanner.end();
  }

  /** The relationships of a part, or of the package for ''. None is no fault here. */
  async relationships(part: string): Promise<Relationship[]> {
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const name = `${folder}_rels/${part.slice(slash)}.rels`;
    const found: Relationship[] = [];
    if (!this.find(name)) return found;
    await this.read(name, {
      namespaces: relationshipNamespaces,
      roots: {
        Relationships: {
          children: {
            Relationship: {
              open: (tag) => {
                const id = detached(tag.get('Id') ?? '');
                const type = detached((tag.get('Type') ?? '').replace(/^.*\//, ''));
                const outside = tag.get('TargetMode') === 'External';
                if (id.length > longestId || found.some((other) => other.id === id)) throw ambiguous(id);
                found.push({
                  id,
                  type,
                  target: outside ? undefined : resolved(folder, tag.get('Target') ?? ''),
                });
                if (found.length > this.#reading.limits.entries) throw ambiguous(id);
              },
            },
          },
        },
      },
    });
    return found;
  }
}

/** The one target of a type of relationship; undefined if there is none. */
export function onlyTarget(relationships: readonly Relationship[], type: string): string | undefined {
  const targets = new Set(relationships.filter((each) => each.type === type).map((each) => each.target));
  if (targets.size > 1) throw ambiguous(type);
  return targets.values().next().value;
}

function ambiguous(what: string) {
  return fault('file-ambiguous-parts', `文件内部的部件关系有歧义，无法确定读取哪一份；${sendTheOriginal}`, {
    found: what,
  });
}

function resolved(folder: string, target: string): string {
  let plain = target.replaceAll('\\', '/').replace(/[?#].*$/s, '');
  try {
    plain = decodeURIComponent(plain);
  } catch {
    // A stray % is then part of the name.
  }
  const segments: string[] = [];
  for (const segment of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return detached(segments.join('/'));
}
