import manifest from '../package.json' with { type: 'json' };

/** Name and version of this program, as publications cite it. */
export const software = `${manifest.name} ${manifest.version}`;
