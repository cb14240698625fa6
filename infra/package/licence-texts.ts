import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordedLicences } from '../licences.ts';
import { root } from './program.ts';

/** What a package says of itself. */
interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
}

/**
 * The licences of packages in one text: of each its name, its licence, and the text that comes with it. Throws for a
 * package that has no text where the usual one of its licence is not known either.
 */
export async function licenceTexts(packages: readonly string[]): Promise<string> {
  const parts = await Promise.all(packages.map((path) => licenceText(join(root, path))));
  const rule = '='.repeat(80);
  const head = `The program contains code of these ${packages.length} packages.`;
  return `${[head, ...parts].join(`\n\n${rule}\n\n`)}\n`;
}

async function licenceText(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const name = `${manifest.name}@${manifest.version}`;
  const licence = recordedLicences.get(name)?.licence ?? manifest.license ?? 'none';
  const own = await ownTexts(folder);
  const texts = own.length > 0 ? own : [await usualText(licence, manifest)];
  return [`${name}: ${licence}`, ...texts.map((text) => text.replaceAll('\r\n', '\n').trim())].join('\n\n');
}

/** The texts that a package has: files of its folder, those of the folder `licenses`, else what its README quotes. */
async function ownTexts(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => /^(?:licen[cs]e|copying|notice|unlicense)(?:[.-]|$)/i.test(name));
  const more = join(folder, 'licenses');
  const others = existsSync(more) ? (await readdir(more)).sort().map((name) => join('licenses', name)) : [];
  if (files.length + others.length > 0) {
    return Promise.all([...files, ...others].map((name) => readFile(join(folder, name), 'utf8')));
  }
  const readme = names.find((name) => /^readme/i.test(name));
  const page = readme === undefined ? '' : await readFile(join(folder, readme), 'utf8');
  const quoted = /^#+ *licen[cs]e\s+(.*Permission is hereby granted.*)/ims.exec(page)?.[1];
  return quoted === undefined ? [] : [quoted];
}

/** The text of a licence whose package says no more than its name. */
async function usualText(licence: string, { name, author }: Manifest): Promise<string> {
  const written = typeof author === 'object' ? author.name : author;
  const holder = `Copyright (c) ${written ?? `the authors of ${name}`}`;
  if (licence === 'MIT') return `${holder}\n\n${mit}`;
  if (licence === 'ISC') return `${holder}\n\n${isc}`;
  // The same text in whatever package it comes; this one is of the same authors as those that lack it.
  if (licence === 'Apache-2.0' && name.startsWith('@aws-sdk/')) {
    return readFile(join(root, 'node_modules', '@aws-sdk', 'client-s3', 'LICENSE'), 'utf8');
  }
  throw new Error(`${name}: no text of its licence, ${licence}, and none is known here`);
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const isc = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby
granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`;
