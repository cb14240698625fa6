import { readFileSync } from 'node:fs';
import { readers } from './readers.ts';

/** In a process of its own: imports a reader, reads one file once, and says how long both took. */
const [name = '', path = ''] = process.argv.slice(2);
const file = readFileSync(path);
const start = performance.now();
const read = await readers[name]?.();
const imported = performance.now();
const cells = await read?.(file);
const done = performance.now();
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ import: imported - start, cold: done - imported, cells, peak }));
