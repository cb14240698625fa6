import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from './bundling.ts';
import { ProvinceWatch } from './constructs/province-watch.ts';
import { IndicatorsStack } from './indicators-stack.ts';
import { stages } from './stages.ts';

const app = new App();
const folder = mkdtempSync(join(tmpdir(), 'indicators-bundles-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const bundles = await bundleFunctions(folder);
const stacks = stages.map((stage) => ({ stage, stack: new IndicatorsStack(app, { stage, bundles }) }));
const together = stacks.filter(({ stage }) => stage.watch !== 'own');
for (const [name, group] of Map.groupBy(together, ({ stage }) => Object(stage.watch).together as string)) {
  const counties = group.map(({ stack }) => stack.watched);
  new ProvinceWatch(app, { name, region: group[0]?.stage.region, counties });
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
