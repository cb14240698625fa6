/** `npm run simulate -- --seeds 20000 --from 1`: plays histories on every core, and tells of those that fail. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { accountOf, problemsOfSeed } from './seeds.ts';

interface Share {
  first: number;
  last: number;
  stride: number;
}

type Message = { played: number } | { account: string };

const enoughAccounts = 5;

async function playShare({ first, last, stride }: Share, tell: (message: Message) => void): Promise<void> {
  for (let seed = first; seed <= last; seed += stride) {
    const problems = await problemsOfSeed(seed);
    if (problems.length > 0) tell({ account: await accountOf(seed) });
    tell({ played: 1 });
  }
}

async function playAll(from: number, seeds: number): Promise<boolean> {
  const started = performance.now();
  const workers = Math.min(availableParallelism(), seeds);
  let played = 0;
  let failed = 0;
  const rate = () => `${Math.round((played * 1000) / (performance.now() - started))} a second`;
  const onMessage = (message: Message, stop: () => void) => {
    if ('account' in message) {
      failed += 1;
      console.log(message.account);
      if (failed >= enoughAccounts) stop();
    } else {
      played += 1;
      if (played % 1000 === 0) console.log(`${played} of ${seeds} seeds, ${rate()}`);
    }
  };
  const running = Array.from(
    { length: workers },
    (_, index) =>
      new Worker(new URL(import.meta.url), {
        workerData: { first: from + index, last: from + seeds - 1, stride: workers } satisfies Share,
      }),
  );
  const stopAll = () => void Promise.all(running.map((worker) => worker.terminate()));
  await Promise.all(
    running.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on('message', (message: Message) => onMessage(message, stopAll));
          worker.on('error', reject);
          worker.on('exit', () => resolve());
        }),
    ),
  );
  console.log(`${played} seeds from ${from}, ${failed} failed, ${rate()}`);
  return failed === 0 && played === seeds;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      only: { type: 'string' },
      faultless: { type: 'boolean', default: false },
    },
  });
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(seeds) || seeds < 1) {
    throw new Error('--from and --seeds are whole numbers, such as --from 1 --seeds 20000');
  }
  if (values.only === undefined && !values.faultless) return playAll(from, seeds);
  const problems = await problemsOfSeed(from, { ...values, only: values.only?.split(',') });
  console.log(problems.length === 0 ? `seed ${from} passes` : problems.join('\n'));
  return problems.length === 0;
}

if (isMainThread) process.exitCode = (await main()) ? 0 : 1;
else await playShare(workerData as Share, (message) => parentPort?.postMessage(message));
