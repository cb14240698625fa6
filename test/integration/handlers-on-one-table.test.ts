import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SQSRecord } from 'aws-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { chainsOfYear } from '../../functions/use-cases/read-year.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { dynamodbLedger } from '../../shared/adapters/dynamodb-ledger.ts';
import { folderDocuments } from '../../shared/adapters/folder-documents.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { verifyChain } from '../../shared/core/ledger/chain-faults.ts';
import { isEvent, type LedgerEvent } from '../../shared/core/ledger/event.ts';
import type { Documents, Ledger } from '../../shared/core/ledger/ports.ts';
import { feedbackFileNames, feedbackFolder, feedbackSchema } from '../../shared/core/ledger/receipt.ts';
import { type ReadUpload, uploadId } from '../../shared/core/ledger/upload.ts';
import { foldYear } from '../../shared/core/year/year-state.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { createLedgerTable, dynamodbAt, startDynalite } from '../fixtures/aws.ts';
import type { BatchAnswer } from '../fixtures/ingest-handler-process.ts';
import { standInAccount } from '../fixtures/moto.ts';
import { batch, message, s3Record } from '../fixtures/s3-events.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { casesTried } from '../fixtures/thoroughness.ts';
import { chanceOf } from '../simulation/chance.ts';
import { city } from '../simulation/city-catalogues.ts';
import { goodSets, preparePool, typedIn, workbookOf } from '../simulation/small-city.ts';

const program = fileURLToPath(new URL('../fixtures/ingest-handler-process.ts', import.meta.url));
const table = 'ledger';
const seed = 11;
const handlers = ['first', 'second', 'third'];
const killsOfEach = casesTried(2, 1);

interface Sent {
  id: string;
  upload: ReadUpload;
  /** Department and period. */
  return: string;
  accepted: boolean;
}

/** Uploads of every month of one department and of a month of another, several of each; some are refused. */
async function uploadsIn(documents: Documents): Promise<Sent[]> {
  const random = chanceOf(seed, 'uploads');
  const addresses = [
    ...city.periods.map(({ period }) => ({ department: 'sfj', period })),
    { department: 'sfj2', period: '2023-01' },
  ];
  return Promise.all(
    Array.from({ length: 36 }, async (_, index): Promise<Sent> => {
      const address = addresses[index % addresses.length]!;
      const which = {
        ...address,
        version: 0,
        set: random.pick([...goodSets, 'negative', 'garbage']),
        note: '更正',
      };
      const uploadedAt = `2023-02-05T01:00:0${random.below(10)}.${100 + index}Z` as const;
      await preparePool([which]);
      const file = { address, fileName: `${index}.xlsx`, uploadedAt, uploader: '张三' };
      const upload = await keepUpload({ ...file, bytes: workbookOf(which) }, documents);
      return {
        id: uploadId(upload),
        upload,
        return: `${address.department} ${address.period}`,
        accepted: typedIn(which) !== undefined,
      };
    }),
  );
}

/** A message about an upload. */
interface Delivery {
  id: string;
  record: SQSRecord;
}

/** Every upload one to three times, in an order that is drawn. */
function deliveriesOf(sent: readonly Sent[]): Delivery[] {
  const random = chanceOf(seed, 'deliveries');
  const repeated = sent.flatMap((each) => Array.from({ length: random.between(1, 3) }, () => each));
  return random
    .shuffled(repeated)
    .map(({ id, upload }, index) => ({ id, record: message(`${index}`, { Records: [s3Record(upload)] }) }));
}

/** Where the handlers work. */
interface Place {
  endpoint: string;
  folder: string;
}

/** A new process with the handler, ready to work; killed when the test ends, however that is. */
async function startHandler({ endpoint, folder }: Place): Promise<ChildProcess> {
  const child = fork(program, [table, folder], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: standInAccount.region,
      AWS_ACCESS_KEY_ID: standInAccount.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: standInAccount.credentials.secretAccessKey,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  expect(said).toBe('ready');
  return child;
}

/** When a handler is killed: so long after so many uploads of a batch were recorded. */
interface Kill {
  recorded: number;
  milliseconds: number;
}

/** What a handler answers to a batch, or that it was killed before its answer was taken. */
function deliver(
  child: ChildProcess,
  deliveries: readonly Delivery[],
  kill: Kill | undefined,
): Promise<BatchAnswer | 'killed'> {
  return new Promise((resolve, reject) => {
    let recorded = 0;
    let timer: NodeJS.Timeout | undefined;
    const killIfDue = () => {
      if (recorded === kill?.recorded) timer = setTimeout(() => child.kill('SIGKILL'), kill.milliseconds);
    };
    const end = (outcome: BatchAnswer | 'killed') => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit');
      resolve(outcome);
    };
    child.on('message', (said: BatchAnswer | 'recorded') => {
      if (said === 'recorded') {
        recorded += 1;
        killIfDue();
      } else if (kill === undefined) {
        end(said);
      } else {
        // It was quicker than its killer: then the answer is what is lost.
        child.kill('SIGKILL');
      }
    });
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') end('killed');
      else reject(new Error(`a handler ended by itself with ${code}`));
    });
    child.send(batch(...deliveries.map(({ record }) => record)));
    killIfDue();
  });
}

/** Works a queue off as Lambda does: what failed, or was with a process that was killed, is delivered again. */
class WorkingOff {
  readonly acknowledged: Delivery[] = [];
  readonly handlersThatAnswered = new Set<string>();
  kills = 0;
  /** Kills that took with them the answer about an upload that was recorded. */
  answersLost = 0;
  conflicts = 0;
  readonly #queue: Delivery[];
  readonly #starting = new Map<string, Promise<ChildProcess>>();
  readonly #place: Place;
  readonly #ledger: Ledger;

  constructor(queue: readonly Delivery[], place: Place, ledger: Ledger) {
    this.#queue = [...queue];
    this.#place = place;
    this.#ledger = ledger;
  }

  /** Runs a process until nothing waits, killing it a few times amid its work. */
  async runHandler(name: string): Promise<void> {
    const random = chanceOf(seed, name);
    let child = await this.#started(name);
    for (let kills = 0; ; ) {
      await Promise.all(this.#starting.values());
      if (this.#queue.length === 0) return;
      const taken = this.#queue.splice(0, random.between(2, 5));
      const kill = { recorded: random.between(0, 2), milliseconds: random.between(0, 30) };
      const answer = await deliver(child, taken, kills < killsOfEach ? kill : undefined);
      if (answer === 'killed') {
        kills += 1;
        await this.#killed(taken);
        child = await this.#started(name);
      } else {
        this.handlersThatAnswered.add(name);
        this.#answered(taken, answer);
      }
    }
  }

  /** A new process. No handler takes more while another starts, so that all have a part in the work. */
  async #started(name: string): Promise<ChildProcess> {
    const starting = startHandler(this.#place);
    this.#starting.set(name, starting);
    return starting;
  }

  async #killed(taken: readonly Delivery[]): Promise<void> {
    this.#queue.push(...taken);
    this.kills += 1;
    const told = new Set(this.acknowledged.map(({ id }) => id));
    const recorded = new Set(uploadEvents(await readAll(this.#ledger)).map(idOf));
    if (taken.some(({ id }) => recorded.has(id) && !told.has(id))) this.answersLost += 1;
  }

  #answered(taken: readonly Delivery[], { response, conflicts }: BatchAnswer): void {
    const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const delivery of taken) {
      (failed.has(delivery.record.messageId) ? this.#queue : this.acknowledged).push(delivery);
    }
    this.conflicts += conflicts;
  }
}

type Chains = Map<string, LedgerEvent[]>;

async function readAll(ledger: Ledger): Promise<Chains> {
  const names = chainsOfYear(adoptedAlone(city));
  return new Map(await Promise.all(names.map(async (name) => [name, await ledger.read(name)] as const)));
}

function uploadEvents(chains: Chains) {
  return [...chains.values()]
    .flat()
    .filter((event) => isEvent(event, 'return-accepted') || isEvent(event, 'return-refused'));
}

function idOf({ happening }: ReturnType<typeof uploadEvents>[number]): string {
  return uploadId(happening.upload);
}

/** The file that must count for each return: of those accepted the one that was uploaded last. */
function newestOf(sent: readonly Sent[]): Record<string, string> {
  const inOrder = sent
    .filter(({ accepted }) => accepted)
    .toSorted((a, b) => (a.upload.uploadedAt < b.upload.uploadedAt ? -1 : 1));
  return Object.fromEntries(inOrder.map((each) => [each.return, each.upload.sha256]));
}

function countingIn(chains: Chains): Record<string, string> {
  return Object.fromEntries(
    foldYear(adoptedAlone(city), [...chains.values()].flat()).returns.flatMap(
      ({ department, period, counting }) =>
        counting === undefined ? [] : [[`${department.id} ${period}`, counting.upload.sha256]],
    ),
  );
}

it('loses nothing and doubles nothing when handlers that share a table are killed at random', async () => {
  const folder = await temporaryFolder();
  const documents = folderDocuments(folder);
  const { endpoint, stop } = await startDynalite();
  onTestFinished(stop);
  const client = dynamodbAt(endpoint);
  onTestFinished(() => client.destroy());
  await createLedgerTable(client, table);
  const ledger = dynamodbLedger({ client, table });
  await adoptIn({ ledger, documents }, city);
  const sent = await uploadsIn(documents);
  const deliveries = deliveriesOf(sent);

  const work = new WorkingOff(deliveries, { endpoint, folder }, ledger);
  await Promise.all(handlers.map((name) => work.runHandler(name)));
  expect(work.kills).toBe(handlers.length * killsOfEach);
  expect(work.answersLost).toBeGreaterThan(0);
  expect(work.conflicts).toBeGreaterThan(0);
  expect(work.handlersThatAnswered).toEqual(new Set(handlers));
  expect(work.acknowledged).toHaveLength(deliveries.length);

  const chains = await readAll(ledger);
  const recorded = uploadEvents(chains);
  const ids = sent.map(({ id }) => id);
  expect([...chains].flatMap(([chain, events]) => verifyChain(chain, events))).toEqual([]);
  expect(recorded.map(idOf).sort()).toEqual(ids.toSorted());
  expect(new Map(recorded.map((event) => [idOf(event), isEvent(event, 'return-accepted')]))).toEqual(
    new Map(sent.map(({ id, accepted }) => [id, accepted])),
  );
  expect(countingIn(chains)).toEqual(newestOf(sent));
  for (const event of recorded) {
    const file = feedbackFolder(event.happening) + feedbackFileNames.report;
    const bytes = await documents.get(file);
    expect(bytes, `${file} is there`).toBeDefined();
    const { receipt } = feedbackSchema.parse(JSON.parse(Buffer.from(bytes!).toString()));
    const { chain, sequence, at, by, hash } = event;
    expect(receipt).toEqual({ chain, sequence, at, by, hash });
  }
});
