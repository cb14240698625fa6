/**
 * `npm run deploy -- <stage>`: prepares the changes of a stage, shows them, and makes them unless they would remove or
 * replace something that is kept. What is meant to go is named by its logical id: `--accept <id>`, once for each.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import {
  ChangeSetNotFoundException,
  CloudFormationClient,
  DeleteChangeSetCommand,
  ExecuteChangeSetCommand,
  paginateDescribeChangeSet,
  type ResourceChange,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { stages } from '../stages.ts';
import { described, destructionsIn, notMeant } from './gate.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    accept: { type: 'string', multiple: true, default: [] },
    show: { type: 'boolean', default: false },
  },
});
const stage = stages.find(({ name }) => name === positionals[0]);
if (stage === undefined || positionals.length > 1) {
  console.error(
    `usage: npm run deploy -- ${stages.map(({ name }) => name).join('|')} [--show] [--accept <id>]`,
  );
  process.exit(2);
}
const StackName = `indicators-${stage.name}`;
const ChangeSetName = `${StackName}-${Date.now()}`;
const client = new CloudFormationClient(stage.region === undefined ? {} : { region: stage.region });

const changes = await prepared();
if (changes.length === 0) {
  console.log('nothing changes');
  process.exit();
}
for (const change of changes) console.log(described(change));
const refused = notMeant(destructionsIn(changes), values.accept);
for (const { id, type, does } of refused) console.error(`REFUSED: it ${does} ${id} (${type}), which is kept`);
if (refused.length > 0 || values.show) {
  await client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
  if (refused.length > 0) console.error('Is it meant? Then name it: --accept <id>. Nothing was changed.');
  process.exit(refused.length > 0 ? 1 : 0);
}
await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
const given = { client, maxWaitTime: 3600, minDelay: 5, maxDelay: 15 };
const isFirst = changes.every(({ Action }) => Action === 'Add');
await (isFirst ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete)(given, { StackName });
console.log(`${StackName} is as ${process.env.GITHUB_SHA ?? 'this checkout'} says`);

/** The changes that CDK prepares, assets uploaded, in a change set that nobody has executed yet. */
async function prepared(): Promise<ResourceChange[]> {
  const args = ['deploy', StackName, '--method=prepare-change-set', `--change-set-name=${ChangeSetName}`];
  const { status } = spawnSync('cdk', [...args, '--require-approval=never'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const found: ResourceChange[] = [];
  try {
    for await (const { Changes = [] } of paginateDescribeChangeSet(
      { client },
      { StackName, ChangeSetName },
    )) {
      found.push(...Changes.flatMap((each) => each.ResourceChange ?? []));
    }
  } catch (error) {
    if (!(error instanceof ChangeSetNotFoundException)) throw error;
  }
  return found;
}
