/** Licences under which the program may be passed on with no more than their text and names, as SPDX calls them. */
export const allowedLicences: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'],
  ...['BlueOak-1.0.0', 'Unlicense', 'Zlib'],
]);

export interface RecordedLicence {
  licence: string;
  /** Where it stands. */
  where: string;
}

/** Packages that run and state their licence not at all, or not as SPDX calls it. */
export const recordedLicences: ReadonlyMap<string, RecordedLicence> = new Map([
  [
    'buffers@0.1.1',
    {
      licence: 'MIT',
      where: 'package.json of version 0.1.2 of the same code in github.com/substack/node-buffers: MIT/X11',
    },
  ],
  ['chainsaw@0.1.0', { licence: 'MIT', where: 'its own package.json: MIT/X11' }],
]);
