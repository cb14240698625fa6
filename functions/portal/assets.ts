import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../shared/core/values/digest.ts';

/** A file that pages refer to, under an address that changes with its contents. */
export interface Asset {
  address: string;
  type: string;
  bytes: Uint8Array;
}

const names = { stylesheet: 'portal.css', script: 'portal.js', icon: 'icon.svg' } as const;
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** The files that every page refers to. */
export type Assets = Record<keyof typeof names, Asset>;

/** Reads the files from a folder, once. */
export function loadAssets(folder: string): Assets {
  const load = (name: string): Asset => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const [stem, ending] = name.split('.') as [string, keyof typeof types];
    return { address: `/assets/${stem}.${sha256(bytes).slice(0, 12)}.${ending}`, type: types[ending], bytes };
  };
  return { stylesheet: load(names.stylesheet), script: load(names.script), icon: load(names.icon) };
}
