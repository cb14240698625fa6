import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../shared/core/values/digest.ts';

/** A file that pages refer to, under an address that changes with its contents. */
export interface Asset {
  address: string;
  type: string;
  bytes: Uint8Array;
}

/**
 * The files of the folder `styles` that make up the one stylesheet, in their order in it: where two rules are alike in
 * weight, the later one holds.
 */
const styles = [
  'base',
  'frame',
  'cards',
  'tables',
  'standings',
  'findings',
  'forms',
  'charts',
  'paging',
  'media',
  'returns',
  'office',
  'records',
  'sheet',
].map((subject) => join('styles', `${subject}.css`));

const files = { 'portal.css': styles, 'portal.js': ['portal.js'], 'icon.svg': ['icon.svg'] };
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** The files that every page refers to. */
export type Assets = Record<'stylesheet' | 'script' | 'icon', Asset>;

/** Reads the files from a folder, once. */
export function loadAssets(folder: string): Assets {
  const load = (name: keyof typeof files): Asset => {
    const parts = files[name].map((file) => readFileSync(join(folder, file), 'utf8'));
    const bytes = new TextEncoder().encode(parts.join('\n'));
    const [stem, ending] = name.split('.') as [string, keyof typeof types];
    return { address: `/assets/${stem}.${sha256(bytes).slice(0, 12)}.${ending}`, type: types[ending], bytes };
  };
  return { stylesheet: load('portal.css'), script: load('portal.js'), icon: load('icon.svg') };
}
