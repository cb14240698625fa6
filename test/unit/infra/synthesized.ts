import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App, type AppProps } from 'aws-cdk-lib/core';
import { type FunctionName, functionNames } from '../../../infra/bundling.ts';
import { ProvinceWatch } from '../../../infra/constructs/province-watch.ts';
import { IndicatorsStack } from '../../../infra/indicators-stack.ts';
import { type Stage, stages } from '../../../infra/stages.ts';
import { Deployed } from '../../fixtures/policies/deployed.ts';
import {
  type CloudResource,
  type CloudTemplate,
  type Deployment,
  resolver,
} from '../../fixtures/policies/resolve.ts';
import { unvalidated } from '../../fixtures/unvalidated.ts';
import { withPlanted } from '../../mutations/planted.ts';

const root = new URL('../../../', import.meta.url);

/** The settings of `cdk.json`, which decide what CDK makes of the constructs. */
export const cdkJson = JSON.parse(readFileSync(new URL('cdk.json', root), 'utf8')) as {
  context: Record<string, unknown>;
};

function emptyApp({ context, ...props }: AppProps): App {
  return new App({
    analyticsReporting: false,
    context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...context },
    ...props,
  });
}

/** An app with a stack, whose functions are empty, since bundling takes seconds. */
export function appWith(changes: Partial<Stage> & { name: string }, props: AppProps = {}) {
  const app = emptyApp(props);
  const stage = { ...stageNamed(changes.name), ...changes };
  const stack = new IndicatorsStack(app, { stage, bundles: stubBundles });
  return { app, stack };
}

/** An app with so many counties, each as a stage is, and what watches over them together. */
export function provinceWith(
  count: number,
  { like, ...changes }: Partial<Stage> & { like: string },
  props: AppProps = {},
) {
  const app = emptyApp(props);
  const counties = Array.from({ length: count }, (_, index) => {
    const together = { name: `county-${index}`, watch: { together: 'hubei' } };
    return new IndicatorsStack(app, {
      stage: { ...stageNamed(like), ...changes, ...together },
      bundles: stubBundles,
    }).watched;
  });
  const watch = new ProvinceWatch(app, { name: 'hubei', region: counties[0]?.stage.region, counties });
  return { app, counties, watch };
}

export function stageNamed(name: string): Stage {
  const stage = stages.find((each) => each.name === name);
  if (stage === undefined) throw new Error(`no stage ${name}`);
  return stage;
}

/** Stand-ins for the bundles, which are tested by themselves. */
export const stubBundles = Object.fromEntries(
  functionNames.map((name) => [name, fileURLToPath(new URL(`stub-bundles/${name}`, import.meta.url))]),
) as Record<FunctionName, string>;

const templates = new Map<string, CloudTemplate>();

/** The template of a stage, with changes. */
export function templateOf(name: string, changes: Partial<Stage> = {}): CloudTemplate {
  const known = JSON.stringify([name, changes]);
  const template = templates.get(known) ?? synthesized({ name, ...changes });
  templates.set(known, template);
  return template;
}

function synthesized(changes: Partial<Stage> & { name: string }): CloudTemplate {
  const { app, stack } = appWith(changes, { context: unvalidated });
  const template = app.synth().getStackByName(stack.stackName).template as CloudTemplate;
  return changes.name.startsWith('production') ? withPlanted(template) : template;
}

/** Where a stage would be deployed, made up. */
const placeOf = (name: string): Deployment => ({
  ...(name.endsWith('-cn')
    ? { partition: 'aws-cn', region: 'cn-north-1' }
    : { partition: 'aws', region: 'eu-west-1' }),
  ...{ stack: `indicators-${name}`, account: '123456789012' },
});

/** A stage, with changes, as it would stand in an account: its template, what is in it resolved, and its policies. */
export function deployedStage(name: string, changes: Partial<Stage> = {}) {
  const template = templateOf(name, changes);
  const deployment = placeOf(name);
  const resolve = resolver(template, deployment);
  const properties = (id: string) =>
    resolve(resourceNamed(template, id).Properties) as Record<string, unknown>;
  return { template, deployment, resolve, properties, deployed: new Deployed(template, deployment) };
}

/** The resources of a type: id without its hash, and what it is. */
export function resourcesOf(template: CloudTemplate, type: string): [id: string, resource: CloudResource][] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => [id.replace(/[0-9A-F]{8}$/, ''), resource]);
}

/** The one resource whose id begins so, hash aside. */
export function resourceNamed(template: CloudTemplate, id: string): CloudResource {
  const found = Object.entries(template.Resources).filter(([key]) => key.replace(/[0-9A-F]{8}$/, '') === id);
  if (found.length !== 1) throw new Error(`${found.length} resources ${id}`);
  return found[0]![1];
}
