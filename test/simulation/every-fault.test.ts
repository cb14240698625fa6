import { beforeAll, describe, expect, it } from 'vitest';
import { isThorough } from '../fixtures/thoroughness.ts';
import { problemsOf } from './checks.ts';
import { hamlet } from './city-catalogues.ts';
import { type FaultKind, faultKinds } from './faulty-ports.ts';
import type { Step, UploadStep } from './history.ts';
import { type Fates, simulate } from './simulation.ts';
import { preparePool } from './small-city.ts';

const hour = 3_600_000;
const hamletForm = { department: 'sfj', period: '2023-01', set: 'hamlet', version: 0, note: '' };

/** One upload that is taken in, and a publication hours later. */
function flow(manner: UploadStep['manner']): Step[] {
  const at = Date.parse('2023-02-03T01:00:00.000Z');
  const deliveries = [{ number: 1, delay: 0 }];
  const address = { ...hamletForm };
  const upload = {
    ...address,
    id: 'u1',
    at,
    manner,
    fileName: '月报.xlsx',
    tooLarge: false,
    deliveries,
    claimedBefore: undefined,
  };
  return [
    { kind: 'upload', place: 'whole', ...upload },
    { kind: 'publish', id: 'p1', at: at + 10 * hour, deliveries },
  ];
}

/** The files of a publication are written alike: what goes wrong at these, which others are read by, stands for all. */
const isLikeAnother = (name: string) =>
  name.includes(' publications/') && !/\/(summary\.json|observations\.csv|manifest\.json|)$/.test(name);

/** Faults at calls that are counted through the whole flow, retries included. */
async function play(manner: UploadStep['manner'], faults: ReadonlyMap<number, FaultKind>) {
  let count = 0;
  const fates: Fates = () => (name) => {
    if (isLikeAnother(name)) return { before: 0, after: 0, fault: undefined };
    count += 1;
    return { before: 0, after: 0, fault: faults.get(count) };
  };
  const aftermath = await simulate({ seed: 1, catalogue: hamlet, steps: flow(manner), fates });
  const problems = await problemsOf(aftermath);
  if (aftermath.ports.events.get('2023/sfj')?.length !== 1) problems.push('the upload was not recorded once');
  if (aftermath.ports.events.get('2023/office')?.length !== 2) problems.push('not published once');
  return { problems, calls: count, met: aftermath.faults };
}

beforeAll(() => preparePool([hamletForm]));

describe.each(['handed-over', 'put'] as const)('one upload that is %s, and a publication', (manner) => {
  it('come out the same whatever goes wrong at any one call', async () => {
    const { problems, calls } = await play(manner, new Map());
    expect(problems).toEqual([]);
    expect(calls).toBeGreaterThan(15);
    for (let index = 1; index <= calls; index++) {
      for (const kind of faultKinds) {
        const played = await play(manner, new Map([[index, kind]]));
        expect(played, `${kind} at call ${index}`).toMatchObject({ problems: [], met: 1 });
      }
    }
  });
});

/** Of the calls after one that fails, how far apart those are that fail, too. */
const stride = isThorough ? 1 : 15;

it(`comes out the same whatever goes wrong at any two calls, every ${stride} of the second`, async () => {
  const { calls } = await play('handed-over', new Map());
  let played = 0;
  for (let first = 1; first <= calls; first++) {
    for (const kind of faultKinds) {
      const { calls: withOne } = await play('handed-over', new Map([[first, kind]]));
      for (let second = first + 1; second <= withOne; second += stride) {
        // Every kind comes second after every first one: at each pair of calls another one, since all of them take minutes.
        const other = faultKinds[(first + second) % faultKinds.length]!;
        const faults = new Map([
          [first, kind],
          [second, other],
        ]);
        const { problems } = await play('handed-over', faults);
        if (problems.length > 0)
          expect.fail(`${kind} at ${first}, ${other} at ${second}: ${problems.join('; ')}`);
        played += 1;
      }
    }
  }
  expect(played).toBeGreaterThan(1000 / stride);
});
