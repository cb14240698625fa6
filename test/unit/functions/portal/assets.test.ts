import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets, assetsFolder } from '../../../fixtures/portal.ts';

describe('the stylesheet', () => {
  it('has every file of its folder, once', () => {
    const styles = join(assetsFolder, 'styles');
    const files = readdirSync(styles).map((name) => readFileSync(join(styles, name), 'utf8'));
    const served = new TextDecoder().decode(assets.stylesheet.bytes);
    expect(files.filter((rules) => served.split(rules).length !== 2)).toEqual([]);
    expect(served).toHaveLength(files.join('\n').length);
  });
});
