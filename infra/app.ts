import { App } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bundleFunctions } from './function-bundles.ts';
import { IndicatorsStack } from './indicators-stack.ts';
import { stages } from './stages.ts';

const app = new App();
const bundles = await bundleFunctions({ catalogues: app.node.tryGetContext('catalogues') });
for (const stage of stages) new IndicatorsStack(app, { stage, bundles });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
