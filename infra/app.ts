import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from './bundling.ts';
import { IndicatorsStack } from './indicators-stack.ts';
import { stages } from './stages.ts';

const app = new App();
const folder = mkdtempSync(join(tmpdir(), 'indicators-bundles-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const bundles = await bundleFunctions(folder);
for (const stage of stages) new IndicatorsStack(app, { stage, bundles });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
